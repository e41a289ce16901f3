// Field numbers of https://github.com/kubernetes/api/tree/v0.32.0: core/v1, apps/v1, batch/v1, authentication/v1,
// authorization/v1 (generated.proto), and of apimachinery's meta/v1.

/** A field of a message. */
export interface ProtobufField {
  name: string;
  /** `string`, `int`, `bool`, `map`, `quantities` (a map), `ignored`, or the name of a message. */
  type: string;
  isList: boolean;
  /** Absent is not the same as zero. */
  isPointer: boolean;
  /** Its fields are those of the message around it, in JSON. */
  isInline: boolean;
}

/**
 * `number name type` for each field: a text without a type; `type[]` is a list; `name?` may be absent, which is not
 * the same as zero; the name `.` puts a message's fields in the place of the message.
 */
const messages: Record<string, string> = {
  TypeMeta: '1 apiVersion, 2 kind',
  Job: '1 metadata ObjectMeta, 2 spec JobSpec, 3 status ignored',
  Deployment: '1 metadata ObjectMeta, 2 spec DeploymentSpec, 3 status ignored',
  Namespace: '1 metadata ObjectMeta, 2 spec NamespaceSpec, 3 status ignored',
  ConfigMap: '1 metadata ObjectMeta, 2 data map, 4 immutable? bool',
  ServiceAccount: '1 metadata ObjectMeta',
  DeleteOptions:
    '1 gracePeriodSeconds? int, 2 preconditions? Preconditions, 3 orphanDependents? bool, 4 propagationPolicy?, 5 dryRun string[]',
  Preconditions: '1 uid?, 2 resourceVersion?',
  SelfSubjectReview: '1 metadata ObjectMeta, 2 status ignored',
  SelfSubjectAccessReview: '1 metadata ObjectMeta, 2 spec AccessReviewSpec, 3 status ignored',
  SelfSubjectRulesReview: '1 metadata ObjectMeta, 2 spec RulesReviewSpec, 3 status ignored',
  AccessReviewSpec: '1 resourceAttributes? ResourceAttributes, 2 nonResourceAttributes? NonResourceAttributes',
  RulesReviewSpec: '1 namespace',
  ResourceAttributes: '1 namespace, 2 verb, 3 group, 4 version, 5 resource, 6 subresource, 7 name',
  NonResourceAttributes: '1 path, 2 verb',
  NamespaceSpec: '1 finalizers string[]',
  ObjectMeta:
    '1 name, 2 generateName, 3 namespace, 4 selfLink ignored, 5 uid, 6 resourceVersion, 7 generation int, 8 creationTimestamp Time, 11 labels map, 12 annotations map, 13 ownerReferences OwnerReference[], 14 finalizers string[]',
  OwnerReference: '1 kind, 3 name, 4 uid, 5 apiVersion, 6 controller? bool, 7 blockOwnerDeletion? bool',
  LabelSelector: '1 matchLabels map, 2 matchExpressions LabelSelectorRequirement[]',
  LabelSelectorRequirement: '1 key, 2 operator, 3 values string[]',
  JobSpec:
    '1 parallelism? int, 2 completions? int, 3 activeDeadlineSeconds? int, 4 selector LabelSelector, 5 manualSelector? bool, 6 template PodTemplateSpec, 7 backoffLimit? int, 8 ttlSecondsAfterFinished? int, 9 completionMode?, 10 suspend? bool, 14 podReplacementPolicy?',
  DeploymentSpec:
    '1 replicas? int, 2 selector LabelSelector, 3 template PodTemplateSpec, 4 strategy DeploymentStrategy, 5 minReadySeconds int, 6 revisionHistoryLimit? int, 7 paused bool, 9 progressDeadlineSeconds? int',
  DeploymentStrategy: '1 type',
  PodTemplateSpec: '1 metadata ObjectMeta, 2 spec PodSpec',
  PodSpec:
    '1 volumes Volume[], 2 containers Container[], 3 restartPolicy, 4 terminationGracePeriodSeconds? int, 5 activeDeadlineSeconds? int, 6 dnsPolicy, 7 nodeSelector map, 8 serviceAccountName, 9 serviceAccount, 10 nodeName, 11 hostNetwork bool, 12 hostPID bool, 13 hostIPC bool, 14 securityContext? PodSecurityContext, 15 imagePullSecrets LocalObjectReference[], 16 hostname, 17 subdomain, 19 schedulerName, 20 initContainers Container[], 21 automountServiceAccountToken? bool, 22 tolerations Toleration[], 24 priorityClassName, 30 enableServiceLinks? bool',
  PodSecurityContext: '2 runAsUser? int, 3 runAsNonRoot? bool, 5 fsGroup? int, 6 runAsGroup? int',
  LocalObjectReference: '1 name',
  Toleration: '1 key, 2 operator, 3 value, 4 effect, 5 tolerationSeconds? int',
  Container:
    '1 name, 2 image, 3 command string[], 4 args string[], 5 workingDir, 6 ports ContainerPort[], 7 env EnvVar[], 8 resources ResourceRequirements, 9 volumeMounts VolumeMount[], 13 terminationMessagePath, 14 imagePullPolicy, 15 securityContext? SecurityContext, 16 stdin bool, 17 stdinOnce bool, 18 tty bool, 19 envFrom EnvFromSource[], 20 terminationMessagePolicy',
  SecurityContext:
    '2 privileged? bool, 4 runAsUser? int, 5 runAsNonRoot? bool, 6 readOnlyRootFilesystem? bool, 7 allowPrivilegeEscalation? bool, 8 runAsGroup? int',
  ContainerPort: '1 name, 2 hostPort int, 3 containerPort int, 4 protocol, 5 hostIP',
  EnvVar: '1 name, 2 value, 3 valueFrom? EnvVarSource',
  EnvVarSource: '1 fieldRef? FieldSelector, 3 configMapKeyRef? KeySelector, 4 secretKeyRef? KeySelector',
  FieldSelector: '1 apiVersion, 2 fieldPath',
  KeySelector: '1 . LocalObjectReference, 2 key, 3 optional? bool',
  EnvFromSource: '1 prefix, 2 configMapRef? EnvFromReference, 3 secretRef? EnvFromReference',
  EnvFromReference: '1 . LocalObjectReference, 2 optional? bool',
  ResourceRequirements: '1 limits quantities, 2 requests quantities',
  VolumeMount: '1 name, 2 readOnly bool, 3 mountPath, 4 subPath',
  Volume: '1 name, 2 . VolumeSource',
  VolumeSource:
    '2 emptyDir? EmptyDir, 6 secret? SecretVolume, 10 persistentVolumeClaim? ClaimVolume, 19 configMap? ConfigMapVolume',
  EmptyDir: '1 medium',
  SecretVolume: '1 secretName, 3 defaultMode? int, 4 optional? bool',
  ClaimVolume: '1 claimName, 2 readOnly bool',
  ConfigMapVolume: '1 . LocalObjectReference, 3 defaultMode? int, 4 optional? bool',
};

function parseField(text: string): [number, ProtobufField] {
  const [number, name, type = 'string'] = text.trim().split(' ');
  return [
    Number(number),
    {
      name: name.replace('?', ''),
      type: type.replace('[]', ''),
      isList: type.endsWith('[]'),
      isPointer: name.endsWith('?'),
      isInline: name === '.',
    },
  ];
}

/** The messages that are understood, each with its fields by their number. */
export const protobufMessages: ReadonlyMap<string, ReadonlyMap<number, ProtobufField>> = new Map(
  Object.entries(messages).map(([name, fields]) => [name, new Map(fields.split(',').map(parseField))]),
);
