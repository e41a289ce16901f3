import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { Run } from '@leitstand/plugin-operations-common';
import { TestLiveApi } from '@leitstand/plugin-kit-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import { approvalOf, runOf } from '../../testUtils';
import { operationsApiOf, testApis } from '../../__testUtils__/testApis';
import { runRouteRef } from '../../routes';
import { RunView } from './RunView';

function show(overrides: Partial<Run>) {
  renderInTestApp(<RunView run={runOf(overrides)} isLive />, {
    apis: testApis(operationsApiOf(), new TestLiveApi()),
    mountedRoutes: { '/activity/runs/:id': runRouteRef, '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

describe('RunView', () => {
  it('tells a wait and a compensation from other steps, in words', async () => {
    show({
      state: 'running',
      steps: [
        { key: 'a', title: 'Scale up', kind: 'apply', state: 'done' },
        { key: 'b', title: 'Train', kind: 'apply', state: 'waiting', progress: 'Iteration 3' },
        { key: 'undo:a', title: 'Scale down again', kind: 'compensation', state: 'done' },
      ],
    });
    const steps = (await screen.findAllByRole('listitem')).map(item => item.textContent);
    expect(steps[0]).toMatch(/^Scale up \(done\)/);
    expect(steps[1]).toMatch(/^Train \(waiting\)Iteration 3/);
    expect(steps[2]).toMatch(/^Takes back ?Scale down again \(done\)/);
  });

  it('links what came of it where it can, and nothing that is no address', async () => {
    const script = ['javascript', 'alert(1)'].join(':');
    show({
      state: 'succeeded',
      result: 'Trained.',
      output: {
        repository: 'https://git.example.com/shop/model',
        entity: 'component:default/model',
        image: 'registry:5000/model',
        note: script,
        rows: 12,
      },
    });
    expect(await screen.findByRole('link', { name: /git\.example\.com/ })).toBeVisible();
    expect(screen.getByRole('link', { name: /model$/, description: '' })).toBeVisible();
    expect(screen.getByText('registry:5000/model').closest('a')).toBeNull();
    expect(screen.getByText(script).closest('a')).toBeNull();
    expect(screen.getByText('12')).toBeVisible();
  });

  it('claims nothing of a step that was under way when the run ended', async () => {
    const step = { key: 'patch', title: 'Patch the Deployment', kind: 'apply' } as const;
    show({ state: 'needs-attention', steps: [{ ...step, state: 'started' }] });
    const item = await screen.findByRole('listitem');
    expect(item).toHaveTextContent('Patch the Deployment (nobody knows whether it was done)');
    expect(item).not.toHaveAttribute('aria-current');
  });

  it.each([
    [
      {
        state: 'rejected',
        steps: [],
        approval: approvalOf({ state: 'rejected', decidedBy: 'user:default/ada', comment: 'Not today' }),
      },
      /it was not approved\..*ada.*Not today/,
    ],
    [{ state: 'expired', steps: [] }, /nobody answered in time/],
    [{ state: 'expired' }, /The steps say what was done/],
    [{ state: 'cancelled', result: 'Stopped by olivia.' }, /Stopped by olivia\..*what was taken back/],
    [{ state: 'needs-attention', error: { name: 'Error', message: 'lost' } }, /Nobody knows/],
    [
      {
        state: 'running',
        breakGlass: { by: 'user:default/ada', reason: 'Customers cannot pay', at: '2026-03-01T08:00:00.000Z' },
      },
      /Glass was broken by.*ada.*Customers cannot pay/,
    ],
  ] satisfies [Partial<Run>, RegExp][])('says what became of it: %j', async (overrides, words) => {
    show(overrides);
    const said = () => ['status', 'alert', 'note'].flatMap(role => screen.queryAllByRole(role));
    await waitFor(() =>
      expect(
        said()
          .map(element => element.textContent)
          .join(' '),
      ).toMatch(words),
    );
  });
});
