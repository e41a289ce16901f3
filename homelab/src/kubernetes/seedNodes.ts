import { formatTime } from './codec/timestamp';
import type { Condition, KubernetesObject } from './model';

/** What differs between the nodes of the seeds. */
export interface NodeDescription {
  name: string;
  ip: string;
  isControlPlane: boolean;
  /** `k3s`, the default, is a virtual machine on OpenStack. */
  platform?: 'k3s' | 'gke';
}

/** The namespaces that every cluster has. */
export const systemNamespaces: KubernetesObject[] = ['default', 'kube-system'].map(name => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
}));

const platforms = {
  k3s: {
    capacity: { cpu: '4', memory: '8132560Ki', pods: '110', 'ephemeral-storage': '40470732Ki' },
    instanceType: 'k3s',
    providerID: 'k3s://',
    version: 'v1.32.6+k3s1',
    osImage: 'Ubuntu 22.04.5 LTS',
    kernelVersion: '5.15.0-141-generic',
    containerRuntimeVersion: 'containerd://2.0.5-k3s1.32',
  },
  gke: {
    capacity: { cpu: '2', memory: '4015476Ki', pods: '110', 'ephemeral-storage': '98831908Ki' },
    instanceType: 'e2-medium',
    providerID: 'gce://homelab-lamp/europe-west1-b/',
    version: 'v1.32.4-gke.1415000',
    osImage: 'Container-Optimized OS from Google',
    kernelVersion: '6.6.87+',
    containerRuntimeVersion: 'containerd://1.7.27',
  },
};

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

/** A node as its kubelet reports it. @param startMs - when it joined, milliseconds since the epoch */
export function nodeObject(node: NodeDescription, startMs: number): KubernetesObject {
  const role = { 'node-role.kubernetes.io/control-plane': 'true', 'node-role.kubernetes.io/master': 'true' };
  const { capacity, instanceType, providerID, version, ...system } = platforms[node.platform ?? 'k3s'];
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
        'node.kubernetes.io/instance-type': instanceType,
        ...(node.isControlPlane && role),
      },
    },
    spec: { podCIDR: `10.42.${node.ip.split('.')[3]}.0/24`, providerID: `${providerID}${node.name}` } as object,
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
        kubeletVersion: version,
        kubeProxyVersion: version,
        ...system,
      },
    },
  };
}
