// The kinds of apps, batch and autoscaling beside Deployments and ReplicaSets.
import type { Condition, KubernetesObject, LabelSelector, ObjectReference, PodTemplate, StringMap } from './model';

export interface StatefulSet extends KubernetesObject {
  spec: {
    replicas: number;
    serviceName?: string;
    selector: LabelSelector;
    template: PodTemplate;
    updateStrategy?: { type: string };
    podManagementPolicy?: string;
  };
  status?: { replicas?: number; readyReplicas?: number; currentReplicas?: number; updatedReplicas?: number };
}

export interface DaemonSet extends KubernetesObject {
  spec: { selector: LabelSelector; template: PodTemplate; updateStrategy?: { type: string } };
  status?: { desiredNumberScheduled?: number; currentNumberScheduled?: number; numberReady?: number };
}

export interface JobSpec {
  parallelism?: number;
  completions?: number;
  backoffLimit: number;
  activeDeadlineSeconds?: number;
  ttlSecondsAfterFinished?: number;
  suspend?: boolean;
  selector?: LabelSelector;
  template: PodTemplate;
}

export interface Job extends KubernetesObject {
  spec: JobSpec;
  status?: {
    active?: number;
    ready?: number;
    succeeded?: number;
    failed?: number;
    startTime?: string;
    completionTime?: string;
    conditions?: Condition[];
  };
}

export interface CronJob extends KubernetesObject {
  spec: {
    schedule: string;
    timeZone?: string;
    suspend?: boolean;
    concurrencyPolicy: 'Allow' | 'Forbid' | 'Replace';
    startingDeadlineSeconds?: number;
    successfulJobsHistoryLimit: number;
    failedJobsHistoryLimit: number;
    jobTemplate: { metadata?: { labels?: StringMap; annotations?: StringMap }; spec: JobSpec };
  };
  status?: { active?: ObjectReference[]; lastScheduleTime?: string; lastSuccessfulTime?: string };
}

/** Only resource metrics are modelled. */
export interface MetricSpec {
  type: string;
  resource?: {
    name: 'cpu' | 'memory';
    target: { type: 'Utilization' | 'AverageValue'; averageUtilization?: number; averageValue?: string };
  };
}

export interface HorizontalPodAutoscaler extends KubernetesObject {
  spec: {
    scaleTargetRef: { apiVersion?: string; kind: string; name: string };
    minReplicas: number;
    maxReplicas: number;
    metrics: MetricSpec[];
    behavior?: { scaleDown?: { stabilizationWindowSeconds?: number } };
  };
  status?: {
    currentReplicas?: number;
    desiredReplicas: number;
    lastScaleTime?: string;
    currentMetrics?: object[] | null;
    conditions?: Condition[];
  };
}

export interface PodDisruptionBudget extends KubernetesObject {
  spec?: { minAvailable?: number | string; maxUnavailable?: number | string; selector?: LabelSelector };
  status?: { currentHealthy: number; desiredHealthy: number; disruptionsAllowed: number; expectedPods: number };
}
