import { ANNOTATION_CHANGE_CAUSE } from '../model/kubernetesObjects';
import type { CronJobDocument } from '../model/workloadDocuments';

/**
 * The Job that a CronJob would start, as `kubectl create job --from` makes it, with who started it.
 *
 * Source: {@link https://github.com/kubernetes/kubectl/blob/master/pkg/cmd/create/create_job.go}
 */
export function manualJobOf({ metadata, spec }: CronJobDocument, job: { name: string; cause: string }) {
  const template = spec.jobTemplate;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: job.name,
      namespace: metadata.namespace,
      labels: template.metadata.labels,
      annotations: {
        'cronjob.kubernetes.io/instantiate': 'manual',
        ...template.metadata.annotations,
        [ANNOTATION_CHANGE_CAUSE]: job.cause,
      },
      ownerReferences: [
        // Without blockOwnerDeletion, which would need a right of its own.
        { apiVersion: 'batch/v1', kind: 'CronJob', name: metadata.name, uid: metadata.uid, controller: true },
      ],
    },
    spec: template.spec,
  };
}
