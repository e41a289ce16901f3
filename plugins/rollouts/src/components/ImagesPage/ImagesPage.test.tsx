import type { RunningImages } from '@leitstand/plugin-rollouts-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { workloadListOf } from '../../__testUtils__/testData';
import { ImagesPage } from './ImagesPage';

const at = (cluster: string, name: string) => ({
  cluster,
  namespace: 'shop',
  kind: 'Deployment' as const,
  name,
  entityRef: `component:default/${name}`,
});

const running: RunningImages = {
  ...workloadListOf(),
  items: [
    { repository: 'a/same', versions: [{ version: '1', workloads: [at('k3s', 'one'), at('gke', 'two')] }] },
    {
      repository: 'b/within',
      versions: [
        { version: '1', workloads: [at('k3s', 'one')] },
        { version: '2', workloads: [at('k3s', 'two')] },
      ],
    },
    {
      repository: 'c/between',
      versions: [
        { version: '1', workloads: Array.from({ length: 9 }, (_, index) => at('k3s', `w-${index}`)) },
        { version: 'sha256:0123', workloads: [at('gke', 'two')] },
      ],
    },
  ],
};

describe('ImagesPage', () => {
  it('puts images whose versions differ between clusters first, and leads to the workloads', async () => {
    renderWithApis(<ImagesPage />, { rollouts: { listImages: async () => running } });
    const table = await screen.findByRole('table', { name: 'What runs where' });
    expect(
      within(table)
        .getAllByRole('rowheader')
        .map(cell => cell.textContent),
    ).toEqual(['c/betweenDiffers between clusters', 'b/withinSeveral versions', 'a/same']);
    expect(within(table).getByRole('link', { name: '3 more workloads' })).toHaveAttribute(
      'href',
      '/fleet/workloads?text=c%2Fbetween%3A1',
    );
    expect(within(table).getAllByRole('link', { name: 'two' })[0]).toHaveAttribute(
      'href',
      '/catalog/default/component/two/workload',
    );
  });

  it('filters by text and by difference, in the address', async () => {
    renderWithApis(<ImagesPage />, { rollouts: { listImages: async () => running }, at: '/?text=SHA256' });
    expect(await screen.findByText('1 image')).toBeVisible();
    await userEvent.clear(screen.getByRole('searchbox'));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Different versions only' }));
    expect(await screen.findByText('2 images')).toBeVisible();
    await userEvent.type(screen.getByRole('searchbox'), 'nothing{Enter}');
    expect(await screen.findByText('No image fits the filters')).toBeVisible();
  });

  it('says when nothing runs, and leads out of an error', async () => {
    const listImages = jest
      .fn()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue({ ...running, items: [] });
    renderWithApis(<ImagesPage />, { rollouts: { listImages } });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No image runs')).toBeVisible();
  });
});
