import { podCells, podState, sortPods } from './podCells';
import { imageChanges, previousRevision, splitImage } from './revisions';
import { podOf, revisionOf, workloadOf } from '../__testUtils__/testData';

describe('podCells', () => {
  it('puts what is wrong first and shows what is missing', () => {
    const cells = podCells({
      pods: [podOf(), podOf({ isTerminating: true }), podOf({ isReady: false, reason: 'CrashLoopBackOff' })],
      replicas: { desired: 4, current: 3, updated: 3, ready: 1, available: 1 },
    });
    expect(cells.map(cell => cell.state)).toEqual(['failing', 'missing', 'missing', 'ready', 'terminating']);
  });

  it('shows surge pods beyond the wanted number', () => {
    expect(podCells({ ...workloadOf(), pods: [podOf(), podOf(), podOf(), podOf()] })).toHaveLength(4);
  });
});

describe('podState', () => {
  it.each([
    ['ready', {}],
    ['starting', { isReady: false }],
    ['starting', { isReady: false, reason: 'ContainerCreating' }],
    ['failing', { isReady: false, reason: 'ImagePullBackOff' }],
    ['failing', { isReady: false, phase: 'Failed' }],
    ['terminating', { isTerminating: true }],
    ['finished', { isReady: false, phase: 'Succeeded' }],
  ])('is %s for %j', (state, overrides) => {
    expect(podState(podOf(overrides))).toBe(state);
  });
});

describe('sortPods', () => {
  it('shows failing pods first, then the youngest', () => {
    const pods = [
      podOf({ name: 'old', createdAt: '2026-01-01T00:00:00Z' }),
      podOf({ name: 'young', createdAt: '2026-02-01T00:00:00Z' }),
      podOf({ name: 'bad', isReady: false, reason: 'Error' }),
    ];
    expect(sortPods(pods).map(pod => pod.name)).toEqual(['bad', 'young', 'old']);
  });
});

describe('previousRevision', () => {
  it.each([
    [
      'the highest below the present',
      [
        [5, true],
        [3, false],
        [4, false],
      ],
      4,
    ],
    [
      'not one above the present',
      [
        [4, true],
        [5, false],
      ],
      undefined,
    ],
    ['none when the present is unknown', [[4, false]], undefined],
  ] as const)('is %s', (_, revisions, expected) => {
    const list = revisions.map(([revision, isCurrent]) => revisionOf({ revision, isCurrent }));
    expect(previousRevision(list)?.revision).toBe(expected);
  });
});

describe('imageChanges', () => {
  it('names containers that changed, came or went', () => {
    const before = [
      { container: 'a', image: 'x:1' },
      { container: 'b', image: 'y:1' },
      { container: 'c', image: 'z:1' },
    ];
    const after = [
      { container: 'a', image: 'x:2' },
      { container: 'b', image: 'y:1' },
      { container: 'd', image: 'w:1' },
    ];
    expect(imageChanges(before, after)).toEqual([
      { container: 'a', before: 'x:1', after: 'x:2' },
      { container: 'c', before: 'z:1', after: undefined },
      { container: 'd', before: undefined, after: 'w:1' },
    ]);
  });
});

describe('splitImage', () => {
  it.each([
    ['backend:1.5.0', 'backend', ':1.5.0'],
    ['registry.local:5000/shop/backend', 'registry.local:5000/shop/backend', ''],
    ['registry.local:5000/shop/backend:1', 'registry.local:5000/shop/backend', ':1'],
    ['backend:1@sha256:abc', 'backend:1', '@sha256:abc'],
  ])('splits %s', (image, name, version) => {
    expect(splitImage(image)).toEqual({ name, version });
  });
});
