import { autoscalerOf } from './autoscaler';
import { autoscalerType } from './autoscalerObjects';

describe('autoscalerOf', () => {
  it('puts each metric beside its target, in the form in which that is given', () => {
    const metric = (name: string, target: object) => ({ type: 'Resource', resource: { name, target } });
    const current = (name: string, value: object) => ({ type: 'Resource', resource: { name, current: value } });
    const autoscaler = autoscalerType.schema.parse({
      metadata: { name: 'web', namespace: 'shop', uid: 'uid-web', creationTimestamp: '2026-03-01T08:00:00Z' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        maxReplicas: 5,
        metrics: [
          metric('cpu', { type: 'Utilization', averageUtilization: 80 }),
          metric('memory', { type: 'AverageValue', averageValue: '200Mi' }),
          {
            type: 'Pods',
            pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: '10' } },
          },
          { type: 'External', external: { metric: { name: 'queue' }, target: { type: 'Value', value: 30 } } },
        ],
      },
      status: {
        currentReplicas: 2,
        desiredReplicas: 3,
        lastScaleTime: null,
        currentMetrics: [
          current('cpu', { averageUtilization: 42, averageValue: '105m' }),
          current('memory', { averageUtilization: 70, averageValue: '140Mi' }),
        ],
        conditions: [{ type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas', message: 'at the most' }],
      },
    });
    expect(autoscalerOf(autoscaler)).toEqual({
      name: 'web',
      minReplicas: 1,
      maxReplicas: 5,
      currentReplicas: 2,
      desiredReplicas: 3,
      lastScaleAt: undefined,
      metrics: [
        { name: 'cpu', current: '42 %', target: '80 %' },
        { name: 'memory', current: '140Mi', target: '200Mi' },
        { name: 'requests', current: undefined, target: '10' },
        { name: 'queue', current: undefined, target: '30' },
      ],
      conditions: [{ type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas', message: 'at the most' }],
    });
  });
});
