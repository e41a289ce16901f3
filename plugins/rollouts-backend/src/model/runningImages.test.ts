import { runningImagesOf, splitImage } from './runningImages';

it.each([
  ['nginx', 'nginx', 'latest'],
  ['nginx:1.27', 'nginx', '1.27'],
  ['registry.example.org:5000/team/web', 'registry.example.org:5000/team/web', 'latest'],
  ['registry.example.org:5000/team/web:v2', 'registry.example.org:5000/team/web', 'v2'],
  ['web@sha256:abc', 'web', 'sha256:abc'],
  ['web:v2@sha256:abc', 'web', 'v2'],
])('splitImage(%s)', (image, repository, version) => {
  expect(splitImage(image)).toEqual({ repository, version });
});

describe('runningImagesOf', () => {
  it('groups by repository and version, the newest-looking first', () => {
    const summary = (name: string, ...images: string[]) => ({
      cluster: 'k3s',
      namespace: 'shop',
      kind: 'Deployment' as const,
      name,
      entityRef: `component:default/${name}`,
      health: { state: 'healthy' as const, message: '' },
      images: images.map((image, index) => ({ container: `c${index}`, image })),
      replicas: { desired: 1, ready: 1 },
      restarts: 0,
    });
    const items = runningImagesOf([summary('a', 'web:v9', 'web:v9', 'proxy'), summary('b', 'web:v10')]);
    const short = items.map(({ repository, versions }) => [
      repository,
      ...versions.map(({ version, workloads }) => [version, ...workloads.map(({ name }) => name)]),
    ]);
    expect(short).toEqual([
      ['proxy', ['latest', 'a']],
      ['web', ['v10', 'b'], ['v9', 'a']],
    ]);
  });
});
