import { startManualCluster, template } from '../__testUtils__/manualCluster';

const mebibyte = 1024 * 1024;

/** A Deployment of two pods that request 100m each and together use what `load` says, in millicores. */
function start(spec: object = {}, requests: object = { cpu: '100m' }) {
  const load = { cpuMillicores: 20 };
  const cluster = startManualCluster({
    usage: () => ({ cpuMillicores: load.cpuMillicores / cluster.list('Pod').length, memoryBytes: 10 * mebibyte }),
  });
  const { create, clock, get } = cluster;
  const containers = [{ name: 'main', image: 'nginx:1.27', resources: { requests } }];
  create({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'app' },
    spec: { replicas: 2, selector: { matchLabels: { app: 'app' } }, template: template('', { containers }) },
  });
  clock.advance(5_000);
  const target = { type: 'Utilization', averageUtilization: 10 };
  create({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'app' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'app' },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
      ...spec,
    },
  });
  const replicas = () => get('Deployment', 'app').spec.replicas;
  const conditions = () =>
    Object.fromEntries(
      (get('HorizontalPodAutoscaler', 'app').status?.conditions ?? []).map(({ type, status, reason }) => [
        type,
        `${status} ${reason}`,
      ]),
    );
  return { ...cluster, load, replicas, conditions };
}

describe('a HorizontalPodAutoscaler', () => {
  it('leaves alone what is near its target', () => {
    const { load, clock, replicas, conditions, get } = start();
    load.cpuMillicores = 21;
    clock.advance(60_000);
    expect(replicas()).toBe(2);
    expect(get('HorizontalPodAutoscaler', 'app').status).toMatchObject({
      currentReplicas: 2,
      desiredReplicas: 2,
      currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 10 } } }],
    });
    expect(conditions()).toEqual({
      AbleToScale: 'True ReadyForNewScale',
      ScalingActive: 'True ValidMetricFound',
      ScalingLimited: 'False DesiredWithinRange',
    });
  });

  it('goes up at the next sync, in steps and up to its limit, and down five minutes after the load has gone', () => {
    const { load, clock, replicas, conditions, events } = start();
    clock.advance(1_000);
    load.cpuMillicores = 50;
    clock.advance(15_000);
    expect(replicas()).toBe(5);
    expect(events('app')).toContain(
      'SuccessfulRescale: New size: 5; reason: cpu resource utilization (percentage of request) above target',
    );
    load.cpuMillicores = 500;
    clock.advance(60_000);
    expect(replicas()).toBe(10);
    expect(conditions().ScalingLimited).toBe('True TooManyReplicas');
    load.cpuMillicores = 20;
    clock.advance(4 * 60_000);
    expect(replicas()).toBe(10);
    expect(conditions().AbleToScale).toBe('True ScaleDownStabilized');
    clock.advance(90_000);
    expect(replicas()).toBe(2);
    expect(events('app')).toContain('SuccessfulRescale: New size: 2; reason: All metrics below target');
  });

  it('adds no more than four pods or as many again at once', () => {
    const { load, clock, replicas, conditions } = start();
    clock.advance(1_000);
    load.cpuMillicores = 1_000;
    clock.advance(15_000);
    expect([replicas(), conditions().ScalingLimited]).toEqual([6, 'True TooManyReplicas']);
  });

  it('keeps to an average value of memory', () => {
    const target = { type: 'AverageValue', averageValue: '5Mi' };
    const { clock, replicas } = start({ metrics: [{ type: 'Resource', resource: { name: 'memory', target } }] });
    clock.advance(1_000);
    expect(replicas()).toBe(4);
  });

  it('says why it cannot', () => {
    const { clock, conditions, update, remove } = start({}, {});
    clock.advance(1_000);
    expect(conditions().ScalingActive).toBe('False FailedGetResourceMetric');
    update('Deployment', 'app', object => {
      object.spec.replicas = 0;
    });
    clock.advance(15_000);
    expect(conditions().ScalingActive).toBe('False ScalingDisabled');
    remove('Deployment', 'app');
    clock.advance(15_000);
    expect(conditions().AbleToScale).toBe('False FailedGetScale');
  });
});
