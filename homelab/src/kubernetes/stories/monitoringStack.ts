import { secret, secretVariable, service } from '../seedWorkloads';
import { released, type Story } from './Story';

/** The exporters, operators and servers of the chart kube-prometheus-stack under a release name. */
export function monitoringStack(release: string, grafanaPort?: number): Pick<Story, 'workloads' | 'surroundings'> {
  const part = { namespace: 'monitoring', partOf: 'monitoring' };
  const prometheus = `prometheus-${release}-kube-prometheus-prometheus`;
  return {
    workloads: [
      {
        ...part,
        name: `${release}-grafana`,
        app: 'grafana',
        repository: 'docker.io/grafana/grafana',
        releases: released([33, '11.4.0'], [9, '11.6.0']),
        resources: ['100m', '128Mi', '256Mi'],
        port: 3000,
        probePath: '/api/health',
        env: [secretVariable('GF_SECURITY_ADMIN_PASSWORD', 'grafana-admin', 'password')],
      },
      {
        ...part,
        kind: 'StatefulSet',
        name: prometheus,
        app: 'prometheus',
        repository: 'quay.io/prometheus/prometheus',
        releases: released([33, 'v3.1.0'], [9, 'v3.2.1']),
        resources: ['200m', '512Mi', '1Gi'],
        port: 9090,
        probePath: '/-/ready',
      },
      {
        ...part,
        kind: 'DaemonSet',
        name: `${release}-prometheus-node-exporter`,
        app: 'node-exporter',
        repository: 'quay.io/prometheus/node-exporter',
        releases: released([33, 'v1.9.0']),
        resources: ['20m', '24Mi', '64Mi'],
        port: 9100,
      },
      {
        ...part,
        name: `${release}-kube-prometheus-operator`,
        repository: 'quay.io/prometheus-operator/prometheus-operator',
        releases: released([33, 'v0.81.0']),
      },
      {
        ...part,
        name: `${release}-kube-state-metrics`,
        repository: 'registry.k8s.io/kube-state-metrics/kube-state-metrics',
        releases: released([33, 'v2.15.0']),
      },
    ],
    surroundings: [
      secret(['monitoring', 'grafana-admin'], 'password'),
      service(['monitoring', `${release}-grafana`], { app: 'grafana', targetPort: 3000, nodePort: grafanaPort }),
      service(['monitoring', `${release}-kube-prometheus-prometheus`], {
        app: 'prometheus',
        port: 9090,
        targetPort: 9090,
      }),
    ],
  };
}
