import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { clusterOf } from '../../__testUtils__/clusterTestData';
import { renderWithApis, type RenderOverrides } from '../../__testUtils__/renderWithApis';
import { entityOf, workloadListOf } from '../../__testUtils__/testData';
import { ClusterCard } from '../ClusterCard';
import { ClusterPage } from './ClusterPage';

const entity = {
  ...entityOf({ name: 'homelab-k3s', annotations: { 'leitstand.io/cluster': 'homelab-k3s' } }),
  kind: 'Resource',
};

function show(element: JSX.Element, rollouts: RenderOverrides['rollouts']) {
  renderWithApis(element, { entity, rollouts: { listWorkloads: async () => workloadListOf(), ...rollouts } });
}

describe('ClusterPage', () => {
  it('shows versions, capacity, what is wrong, nodes with trouble first, and namespaces', async () => {
    const getCluster = jest.fn(async () => clusterOf());
    show(<ClusterPage />, { getCluster });
    const facts = await screen.findByRole('region', { name: 'Cluster' });
    expect(facts).toHaveTextContent(
      /v1\.32\.4\+k3s1.*v1\.32\.4\+k3s1 on 2.*v1\.31\.7\+k3s1 on 1.*2 of 3 ready.*37 of 40 running.*2 of 14 in trouble/,
    );
    expect(getCluster).toHaveBeenCalledWith('homelab-k3s', expect.anything());
    const memory = screen.getByRole('group', { name: 'Memory' });
    expect(memory).toHaveTextContent('9 GiB used · 6 GiB requested · of 24 GiB');
    expect(screen.getByText('agent-2: It is not ready (KubeletNotReady).')).toBeVisible();
    const nodes = within(screen.getByRole('table', { name: 'Nodes' })).getAllByRole('row');
    expect(nodes[1]).toHaveTextContent(/^agent-2worker.*Not ready/);
    expect(nodes[2]).toHaveTextContent(/^agent-1worker.*ReadyCordoned.*v1\.31\.7.*12 of 110/);
    const namespaces = screen.getByRole('table', { name: 'Namespaces' });
    expect(within(namespaces).getByRole('link', { name: 'shop' })).toHaveAttribute(
      'href',
      '/fleet/workloads?cluster=homelab-k3s&namespace=shop',
    );
    expect(within(namespaces).queryByRole('link', { name: 'spare' })).toBeNull();
    expect(await screen.findByRole('table', { name: 'Workloads in trouble' })).toHaveTextContent('backend');
  });

  it('says what is old and what could not be read, and leads to all that are in trouble', async () => {
    const freshness = {
      observedAt: '2026-03-01T08:00:00Z',
      isStale: true,
      problem: { code: 'UPSTREAM_TIMEOUT', message: 'it did not answer in time.' },
    };
    const missing = [{ what: 'nodes', reason: 'the credentials may not list them.' }];
    const version = { what: 'version', reason: 'no answer.', observedAt: new Date(Date.now() - 200_000).toISOString() };
    show(<ClusterPage />, {
      getCluster: async () => clusterOf({ freshness, missing: [...missing, version], nodeList: [], usage: undefined }),
      listWorkloads: async () => workloadListOf({ totalCount: 31 }),
    });
    expect(await screen.findByText(/because: it did not answer in time/)).toBeVisible();
    expect(screen.getByText('nodes could not be read, because the credentials may not list them.')).toBeVisible();
    expect(screen.getByText(/^version could not/)).toHaveTextContent('no answer. What is shown was read 3 min. ago');
    expect(screen.getByText('No node is known')).toBeVisible();
    expect(screen.getByText(/Present use is not known/)).toBeVisible();
    expect(await screen.findByRole('link', { name: 'All 31 in trouble' })).toHaveAttribute(
      'href',
      '/fleet/workloads?show=problems&cluster=homelab-k3s',
    );
  });

  it('calls a cluster well that is', async () => {
    show(<ClusterPage />, {
      getCluster: async () => clusterOf({ nodeList: [], namespaces: [], workloads: { total: 1, problems: 0 } }),
      listWorkloads: async () => workloadListOf({ items: [], totalCount: 0 }),
    });
    expect(await screen.findByText('Nothing is wrong with the cluster itself')).toBeVisible();
    expect(screen.getByRole('link', { name: '1 workload, none in trouble' })).toBeVisible();
    expect(await screen.findByText('No workload is in trouble')).toBeVisible();
    expect(screen.getByText('No namespace is shown')).toBeVisible();
  });

  it('leads out of an error', async () => {
    const getCluster = jest.fn().mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValue(clusterOf());
    show(<ClusterPage />, { getCluster });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table', { name: 'Nodes' })).toBeVisible();
  });
});

describe('ClusterCard', () => {
  it('sums the cluster up and leads to its tab', async () => {
    show(<ClusterCard />, { getCluster: async () => clusterOf() });
    expect(await screen.findByText('2 of 3 ready')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open cluster' })).toHaveAttribute(
      'href',
      '/catalog/default/resource/homelab-k3s/cluster',
    );
  });
});
