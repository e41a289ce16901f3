import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { PortalHealth } from '@leitstand/plugin-connections-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { portalHealthApiRef, type PortalHealthApi } from '../../api';
import { connectionsRouteRef } from '../../routes';
import { HealthPage } from './HealthPage';

const at = '2026-03-01T08:00:00.000Z';
const wellArea = { state: 'up', isRequired: false, since: at } as const;

/** Without what would be drawn: charts have tests of their own. */
function healthOf(overrides: Partial<PortalHealth> = {}): PortalHealth {
  return {
    observedAt: '2026-03-01T08:10:00.000Z',
    areas: [
      { ...wellArea, area: 'database', isRequired: true },
      { ...wellArea, area: 'rollouts', systems: { count: 3, failingCount: 0 } },
    ],
    process: {
      ...{ name: 'leitstand-1 7 abc', version: '0.1.0', nodeVersion: 'v24.0.0', startedAt: at, windowMs: 600_000 },
      calls: [{ system: 'kubernetes', connection: 'k3s', okCount: 9, failedCount: 1, meanMs: 40 }],
      caches: [{ cache: 'bigquery', hitCount: 3, missCount: 1, staleCount: 0 }],
      eventLoop: [],
    },
    processes: [
      { name: 'leitstand-1 7 abc', runCount: 0, writes: ['workloads'] },
      { name: 'leitstand-2 7 def', runCount: 2, writes: [] },
    ],
    sources: [],
    databases: [{ kind: 'PostgreSQL', version: '18.0' }],
    doorRules: [{ agentsMayRun: [], services: [], areSignInsMarked: true, mayClientsSignIn: false }],
    guestRules: [{ isAllowed: false }],
    runs: [],
    signIns: [{ provider: 'oidc', issuer: 'https://id.example.com', isFailing: false }],
    waysOut: [],
    unknown: [],
    ...overrides,
  };
}

function show(getPortalHealth: PortalHealthApi['getPortalHealth']) {
  renderInTestApp(<HealthPage />, {
    apis: [[portalHealthApiRef, { getPortalHealth }]],
    mountedRoutes: { '/connections': connectionsRouteRef },
  });
}

describe('HealthPage', () => {
  it('says that all is well, who answered, and what is configured', async () => {
    show(async () => healthOf());
    expect(await screen.findByText('All areas of the portal are well')).toBeVisible();
    const areas = within(screen.getByRole('region', { name: 'Areas' })).getAllByRole('listitem');
    expect(areas.map(area => area.textContent)).toEqual([
      expect.stringMatching(/Well.*Database.*needed by all others.*since .*ago/),
      expect.stringMatching(/Well.*Clusters/),
    ]);
    expect(
      screen.getByRole('row', { name: /leitstand-1 7 abc answered this page 0.1.0 .*ago 0 workloads/ }),
    ).toBeVisible();
    expect(screen.getByRole('row', { name: /leitstand-2 7 def not told not told 2 nothing/ })).toBeVisible();
    expect(screen.getByRole('list', { name: 'Calls' })).toHaveTextContent(
      /kubernetes: k3s9 answered · 1 failed · 40ms on average/,
    );
    expect(screen.getByRole('list', { name: 'Caches' })).toHaveTextContent('3 spared the system · 1 asked it');
    expect(screen.getByRole('region', { name: 'Sign-in' })).toHaveTextContent(
      /It answers.*id\.example\.com.*are marked/,
    );
    expect(screen.getByRole('region', { name: 'What the configuration allows' })).toHaveTextContent(
      /Guestsmay do nothing.*nothing.*none/,
    );
  });

  it('shows trouble first: why, whom it concerns, what to do and where to go', async () => {
    const failing = { count: 3, failingCount: 1 };
    show(async () =>
      healthOf({
        areas: [
          { ...wellArea, area: 'live' },
          { ...wellArea, area: 'rollouts', state: 'degraded', reason: 'upstreams-failing', systems: failing },
          { ...wellArea, area: 'telescope', state: 'down', reason: 'clouds' },
          { ...wellArea, area: 'database', isRequired: true, state: 'down', reason: 'read-only' },
        ],
        signIns: [{ provider: 'oidc', isFailing: true }],
        waysOut: [
          { kind: 'slack', areFailuresKnown: false },
          { kind: 'webhook', name: 'ops', areFailuresKnown: true, lastFailure: { at, message: 'it answered 500' } },
        ],
        ...{ databases: [], runs: [], unknown: ['databases', 'runs'] },
      }),
    );
    expect(await screen.findByText('The portal cannot serve anybody through this process')).toBeVisible();
    const areas = within(screen.getByRole('region', { name: 'Areas' })).getAllByRole('listitem');
    expect(areas.map(area => within(area).getByRole('heading').textContent)).toEqual([
      ...['Database', 'telescope', 'Clusters', 'Live views'],
    ]);
    expect(areas[0]).toHaveTextContent(/takes no changes\. Is it a standby\?.*What that means: Without it/);
    expect(areas[1]).toHaveTextContent('Reason: clouds');
    expect(areas[2]).toHaveTextContent('1 of 3 failed when they were last called');
    expect(within(areas[2]).getByRole('link', { name: 'Open the systems' })).toHaveAttribute(
      'href',
      '/connections/upstreams',
    );
    expect(screen.getByText('Could not be found out just now: the database, runs by state.')).toBeVisible();
    expect(screen.getByRole('region', { name: 'Sign-in' })).toHaveTextContent(
      /It does not answer.*could not be read yet/,
    );
    expect(screen.getByRole('region', { name: 'Ways of notifications' })).toHaveTextContent(
      /Slackconfigured; the log tells.*Web hook opsdid not take one: it answered 500/,
    );
  });

  it('keeps what it knew when it cannot ask again, and leads out of an error', async () => {
    // The page also asks by itself, every now and then.
    let answer: () => Promise<PortalHealth> = () => Promise.reject(new TypeError('Failed to fetch'));
    show(() => answer());
    const retry = await screen.findByRole('button', { name: 'Try again' });
    answer = async () => healthOf();
    await userEvent.click(retry);
    const refresh = await screen.findByRole('button', { name: 'Refresh' });
    answer = () => Promise.reject(new TypeError('Failed to fetch'));
    await userEvent.click(refresh);
    expect(await screen.findByText(/Last known state, as of/)).toBeVisible();
    expect(screen.getByText('All areas of the portal are well')).toBeVisible();
    answer = async () => healthOf({ areas: [] });
    await userEvent.click(refresh);
    expect(await screen.findByText('No area tells how it is')).toBeVisible();
    expect(screen.queryByText(/Last known state/)).not.toBeInTheDocument();
  });
});
