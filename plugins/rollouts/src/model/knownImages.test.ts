import { revisionOf } from '../__testUtils__/testData';
import { knownImagesOf } from './knownImages';

it('offers other versions of the same image, those of the own revisions first, each once', () => {
  const image = 'registry.local/shop/backend';
  const revisions = ['1.5.0', '1.4.2'].map((tag, index) =>
    revisionOf({ revision: index + 1, images: [{ container: 'backend', image: `${image}:${tag}` }] }),
  );
  const running = [
    { repository: image, versions: ['1.6.0', '1.4.2', 'sha256:ab'].map(version => ({ version, workloads: [] })) },
    { repository: 'registry.local/shop/other', versions: [{ version: '9', workloads: [] }] },
  ];
  expect(knownImagesOf(`${image}:1.5.0`, { revisions, running })).toEqual([
    `${image}:1.4.2`,
    `${image}:1.6.0`,
    `${image}@sha256:ab`,
  ]);
});
