import { formatTime } from './codec/timestamp';
import type { Condition, KubernetesObject } from './model';

/** What differs between the nodes of the seeds. */
export interface NodeDescription {
  name: string;
  ip: string;
  isControlPlane: boolean;
}

/** The namespaces that every cluster has. */
export const systemNamespaces: KubernetesObject[] = ['default', 'kube-system'].map(name => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
}));

const capacity = { cpu: '4', memory: '8132560Ki', pods: '110', 'ephemeral-storage': '40470732Ki' };
const version = 'v1.32.6+k3s1';

function conditions(time: string): Condition[] {
  const healthy = (type: string, reason: string, message: string): Condition => ({
    type,
    status: 'False',
    lastHeartbeatTime: time,
    lastTransitionTime: time,
    reason,
    message,
  });
  return [
    healthy('MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    healthy('DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    healthy('PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    { ...healthy('Ready', 'KubeletReady', 'kubelet is posting ready status'), status: 'True' },
  ];
}

/** A node of k3s on OpenStack. @param startMs - when it joined, milliseconds since the epoch */
export function nodeObject(node: NodeDescription, startMs: number): KubernetesObject {
  const role = { 'node-role.kubernetes.io/control-plane': 'true', 'node-role.kubernetes.io/master': 'true' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': node.name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': 'k3s',
        ...(node.isControlPlane && role),
      },
    },
    spec: { podCIDR: `10.42.${node.ip.split('.')[3]}.0/24`, providerID: `k3s://${node.name}` } as object,
    status: {
      addresses: [
        { type: 'InternalIP', address: node.ip },
        { type: 'Hostname', address: node.name },
      ],
      capacity,
      allocatable: capacity,
      conditions: conditions(formatTime(startMs)),
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        osImage: 'Ubuntu 22.04.5 LTS',
        kernelVersion: '5.15.0-141-generic',
        containerRuntimeVersion: 'containerd://2.0.5-k3s1.32',
        kubeletVersion: version,
        kubeProxyVersion: version,
      },
    },
  };
}
