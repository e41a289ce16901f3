import type { Locator, Page } from 'playwright-core';
import { findAccessibilityProblems } from './harness/findAccessibilityProblems';
import { openVisitor } from './harness/openBrowser';
import { openWaiting } from './harness/openWaiting';
import { signInWithBrowser } from './harness/signInWithBrowser';
import { usePortal } from './harness/usePortal';

jest.setTimeout(600_000);

const freezes = '/api/operations/v1/freezes';
const template = 'roll-back-release';

describe('a runbook', () => {
  const journey = usePortal();
  const enter = async (name: 'operator' | 'admin') => {
    const visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url, name });
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

  /** As the form would, without its pages. @returns the task's page */
  const startTask = async (values: object): Promise<string> => {
    const body = { templateRef: `template:default/${template}`, values };
    const started = await journey.portal.fetchAs('operator', {
      path: '/api/scaffolder/v2/tasks',
      method: 'POST',
      body,
    });
    expect(started.status).toBe(201);
    return `/create/tasks/${((await started.json()) as { id: string }).id}`;
  };

  it('waits for a yes, is held until somebody breaks the glass, rolls two back in order, and can be undone', async () => {
    await using operator = await enter('operator');
    await using admin = await enter('admin');
    const { page } = operator;

    await page.goto('/create');
    await page.getByText('Roll back a release').first().waitFor();
    await fillIn(page);
    expect(await findAccessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Roll back', exact: true }).click();

    const [first, second] = [runOf(page, 'backend-deployment'), runOf(page, 'frontend')];
    await first.getByText('Waits for the yes of one of:').waitFor();
    await first.getByRole('link', { name: 'Platform team' }).waitFor();
    // Of Backstage's own on this page, what turns while the task goes on has no name.
    const problems = await findAccessibilityProblems(page);
    expect(problems.filter(problem => !problem.startsWith('aria-progressbar-name'))).toEqual([]);
    const task = page.url();
    const thaw = await freezeCluster('homelab-k3s');
    await openWaiting(admin.page, /Roll back backend-deployment from revision 4 to revision 2/);
    await admin.page.getByText('through a template').waitFor();
    expect(await admin.page.getByRole('link', { name: 'in this task' }).getAttribute('href')).toBe(
      new URL(task).pathname,
    );
    expect(await isInSight(admin.page)).toBe(true);
    expect(await findAccessibilityProblems(admin.page)).toEqual([]);
    await admin.page.getByRole('button', { name: 'Approve' }).click();

    await first.getByText(/backend-deployment runs revision 5/).waitFor();
    await second.getByText('Frozen: The database moves').waitFor();
    await admin.page.goto(await linkOf(second));
    await breakGlass(admin.page, 'Nobody can log in');
    await second.getByText(/frontend runs revision 3/).waitFor();
    await page.getByRole('link', { name: 'Open the second' }).waitFor();

    await thaw();
    await page.goto(await linkOf(second));
    await page.getByText('Glass was broken by').waitFor();
    await page.getByRole('link', { name: /^Admin/ }).waitFor();
    await page.getByText('Nobody can log in').waitFor();
    await undo(page, 'It was the sensor');
    await page.getByRole('link', { name: 'that run' }).click();
    await page.getByRole('heading', { name: 'Roll back frontend from revision 3 to revision 2' }).waitFor();
  });

  it('takes the first back when the second is refused, and withdraws what waits when it is cancelled', async () => {
    await using operator = await enter('operator');
    await using admin = await enter('admin');
    const { page } = operator;
    const [frontend, backend] = ['component:default/todo-frontend', 'component:default/weather-backend'];
    const reason = 'The release loses readings';

    await page.goto(await startTask({ first: frontend, second: backend, reason, restore: true }));
    await runOf(page, 'backend-deployment').getByText('Waits for a yes').waitFor();
    const refused = runOf(page, 'backend-deployment');
    await admin.page.goto(await linkOf(refused));
    await admin.page.getByRole('textbox', { name: 'Comment' }).fill('Measure again first');
    await admin.page.getByRole('button', { name: 'Reject' }).click();
    await refused.getByText('said no: Measure again first').waitFor();
    await refused.getByRole('link', { name: /^Admin/ }).waitFor();
    const runs = page.getByRole('list', { name: 'What this task changes' }).getByRole('listitem');
    await runs.nth(2).getByText('Succeeded').waitFor();
    await runs.nth(2).getByRole('link').click();
    await page.getByText('Takes back', { exact: true }).waitFor();
    await page.getByText('The second one could not be rolled back').waitFor();

    await page.goto(await startTask({ first: backend, reason }));
    await runOf(page, 'backend-deployment').getByText('Waits for a yes').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await runOf(page, 'backend-deployment').getByText('Stopped').waitFor();
  });
});

/** Fills in the form, up to what it shows for reviewing. */
async function fillIn(page: Page): Promise<void> {
  await page.goto(`/create/templates/default/${template}`);
  await choose(page, 'First Deployment', 'Weather backend');
  await page.getByRole('combobox', { name: 'Revision of the first' }).click();
  await page.getByRole('option', { name: /^Revision 2.*:v2/ }).click();
  await choose(page, 'Second Deployment', 'Todo frontend');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('textbox', { name: /^Reason/ }).fill('The release loses readings');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByText('The release loses readings').waitFor();
}

async function choose(page: Page, field: string, title: string): Promise<void> {
  await page.getByRole('textbox', { name: field, exact: true }).fill(title);
  await page.getByRole('option', { name: title }).click();
}

/** On the page of a task, what it asked for on a Deployment. */
function runOf(page: Page, deployment: string): Locator {
  const runs = page.getByRole('list', { name: 'What this task changes' });
  return runs.getByRole('listitem').filter({ hasText: `Roll back ${deployment}` });
}

/** The address of the run's page. */
async function linkOf(run: Locator): Promise<string> {
  return (await run.getByRole('link', { name: /^Roll back/ }).getAttribute('href')) ?? '';
}

async function breakGlass(page: Page, why: string): Promise<void> {
  await page.getByRole('button', { name: 'Break glass…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Why it cannot wait' }).fill(why);
  await dialog.getByRole('checkbox', { name: /upon myself/ }).check();
  await dialog.getByRole('button', { name: 'Break glass' }).click();
}

async function undo(page: Page, why: string): Promise<void> {
  await page.getByRole('button', { name: 'Undo…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill(why);
  await dialog.getByRole('checkbox', { name: /^Yes, change/ }).check();
  await dialog.getByRole('button', { name: 'Undo', exact: true }).click();
  await dialog.getByText('Succeeded', { exact: true }).first().waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
}

/** Whether somebody who has to answer sees the button without scrolling. */
async function isInSight(page: Page): Promise<boolean> {
  const box = await page.getByRole('button', { name: 'Approve' }).boundingBox();
  return box !== null && box.y + box.height <= (page.viewportSize()?.height ?? 0);
}
