import type { Page } from 'playwright-core';
import { findAccessibilityProblems } from './harness/findAccessibilityProblems';
import { openVisitor } from './harness/openBrowser';
import { openWaiting } from './harness/openWaiting';
import { signInWithBrowser } from './harness/signInWithBrowser';
import { usePortal } from './harness/usePortal';

jest.setTimeout(600_000);

const freezes = '/api/operations/v1/freezes';

describe('a runbook', () => {
  const journey = usePortal();
  /** The operator's window is high: Backstage's log has only those lines in the page that are in sight. */
  const enter = async (name: 'operator' | 'admin') => {
    const visitor = await openVisitor(journey.browser, {
      ...{ portalUrl: journey.portal.url, name },
      viewport: { width: 1280, height: name === 'operator' ? 2400 : 800 },
    });
    await signInWithBrowser(visitor.page, name);
    return visitor;
  };
  const freezeCluster = async (cluster: string): Promise<() => Promise<void>> => {
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    const body = { reason: 'The database moves', endsAt, scope: { cluster } };
    const made = await journey.portal.fetchAs('admin', { path: freezes, method: 'POST', body });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    return async () => {
      const ended = await journey.portal.fetchAs('admin', { path: `${freezes}/${id}/end`, method: 'POST', body: {} });
      expect(ended.status).toBe(200);
    };
  };

  it('is filled in, waits for a yes and for the end of a freeze, and rolls two back in order', async () => {
    await using operator = await enter('operator');
    await using admin = await enter('admin');
    const { page } = operator;

    await page.goto('/create');
    await page.getByText('Roll back a release').first().waitFor();
    await fillIn(page, { first: 'Weather backend', second: 'Todo frontend', reason: 'The release loses readings' });
    expect(await findAccessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Roll back', exact: true }).click();

    await showLog(page);
    await page.getByText('Roll back backend-deployment from revision 4 to revision 3').waitFor();
    await page.getByText(/Waits for the yes of group:default\/platform-team/).waitFor();
    const thaw = await freezeCluster('homelab-k3s');
    await openWaiting(admin.page, /Roll back backend-deployment from revision 4 to revision 3/);
    await admin.page.getByText('through a template').waitFor();
    expect(await isInSight(admin.page)).toBe(true);
    expect(await findAccessibilityProblems(admin.page)).toEqual([]);
    await admin.page.getByRole('button', { name: 'Approve' }).click();
    await admin.page.getByText('Succeeded', { exact: true }).first().waitFor();

    await page.getByText(/Done: backend-deployment runs revision 5/).waitFor();
    await page.getByText(/Held by a freeze \(The database moves\)/).waitFor();
    await thaw();
    await page
      .getByText(/frontend runs revision 3/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Run of the second' }).click();
    await page.getByRole('heading', { name: 'Roll back frontend from revision 2 to revision 1' }).waitFor();
    await page.getByText('Succeeded', { exact: true }).first().waitFor();

    await page.goto('/catalog/default/component/weather-backend/workload');
    await page
      .getByText(/Revision 5/)
      .first()
      .waitFor();
  });

  it('that is cancelled withdraws what waits', async () => {
    await using operator = await enter('operator');
    const { page } = operator;
    await fillIn(page, { first: 'Weather backend', reason: 'It was the sensor' });
    await page.getByRole('button', { name: 'Roll back', exact: true }).click();
    await showLog(page);
    await page.getByText(/Waits for the yes of/).waitFor();
    const run = await page
      .getByRole('link', { name: /activity\/runs/ })
      .first()
      .getAttribute('href');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.goto(run!);
    await page.getByText('Stopped', { exact: true }).first().waitFor();
  });
});

/** Fills in the form, up to what it shows for reviewing. */
async function fillIn(page: Page, values: { first: string; second?: string; reason: string }): Promise<void> {
  await page.goto('/create/templates/default/roll-back-release');
  await choose(page, 'First', values.first);
  if (values.second) await choose(page, 'Second', values.second);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('textbox', { name: /^Reason/ }).fill(values.reason);
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByText(values.reason).waitFor();
}

async function choose(page: Page, field: string, title: string): Promise<void> {
  await page.getByRole('textbox', { name: field, exact: true }).fill(title);
  await page.getByRole('option', { name: title }).click();
}

async function showLog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show Logs' }).click();
}

/** Whether somebody who has to answer sees the button without scrolling. */
async function isInSight(page: Page): Promise<boolean> {
  const box = await page.getByRole('button', { name: 'Approve' }).boundingBox();
  return box !== null && box.y + box.height <= (page.viewportSize()?.height ?? 0);
}
