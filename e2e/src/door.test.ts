import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Download, Locator, Page } from 'playwright-core';
import { findAccessibilityProblems } from './harness/findAccessibilityProblems';
import { openVisitor, type Visitor } from './harness/openBrowser';
import { openWaiting } from './harness/openWaiting';
import { signInWithBrowser } from './harness/signInWithBrowser';
import type { Portal } from './harness/startPortal';
import { usePortal } from './harness/usePortal';

jest.setTimeout(600_000);

const weatherPage = '/catalog/default/component/weather-backend/workload';
const todoPage = '/catalog/default/component/homelab-k3s.microservices.backend/workload';

describe('the door at team scale', () => {
  const journey = usePortal();
  /** The admin likes it dark. */
  const enter = async (user: 'operator' | 'admin'): Promise<Visitor> => {
    const theme = user === 'admin' ? 'dark' : 'light';
    const visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url, name: user, theme });
    await signInWithBrowser(visitor.page, user);
    return visitor;
  };

  it("lets the operator's rollback wait for an admin's yes, and its undo for an admin's no", async () => {
    await using operator = await enter('operator');
    await using admin = await enter('admin');

    await operator.page.goto(weatherPage);
    const dialog = await openRollback(operator.page);
    await dialog.getByText('This will wait for one of:').waitFor();
    await dialog.getByRole('link', { name: 'Platform team' }).waitFor();
    await consent(dialog, 'v4 predicts too warm');
    expect(await findAccessibilityProblems(operator.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Ask for it: Roll back to revision 3' }).click();
    await dialog.getByText('Waits for a yes').first().waitFor();

    await openWaiting(admin.page, /Roll back backend-deployment from revision 4 to revision 3/);
    await admin.page.getByRole('row', { name: /image of container backend .*v4.*v3/ }).waitFor();
    expect(await findAccessibilityProblems(admin.page)).toEqual([]);
    await admin.page.getByRole('textbox', { name: 'Comment' }).fill('I have seen the readings');
    await admin.page.getByRole('button', { name: 'Approve' }).click();

    await dialog.getByText(/backend-deployment runs revision 5/).waitFor();
    await dialog.getByText('Succeeded', { exact: true }).first().waitFor();
    await admin.page.getByText('Succeeded', { exact: true }).first().waitFor();

    await dialog.getByRole('button', { name: 'Undo…' }).click();
    await consent(dialog, 'it was the sensor');
    await dialog.getByRole('button', { name: 'Ask for it: Undo' }).click();
    await dialog.getByText('Waits for a yes').first().waitFor();

    await openWaiting(admin.page, /Roll back backend-deployment from revision 5 to revision 4/);
    await admin.page.getByRole('button', { name: 'Reject' }).click();
    await admin.page.getByText('Say why you reject it.').waitFor();
    await admin.page.getByRole('textbox', { name: 'Comment' }).fill('Measure again first');
    await admin.page.getByRole('button', { name: 'Reject' }).click();
    await dialog.getByText('Measure again first').waitFor();
    await dialog.getByText('Rejected', { exact: true }).first().waitFor();
  });

  it('holds what is asked for in a freeze, lets an admin break the glass, and keeps both in the ledger', async () => {
    await using admin = await enter('admin');
    await using operator = await enter('operator');

    await admin.page.goto('/activity/freezes');
    await admin.page.getByRole('button', { name: 'Plan a freeze…' }).click();
    const form = admin.page.getByRole('dialog');
    await form.getByRole('combobox', { name: 'Cluster' }).fill('homelab-k3s');
    await form.getByRole('textbox', { name: 'Reason' }).fill('The database moves');
    await form.getByRole('button', { name: '1 hour' }).click();
    await form.getByRole('button', { name: 'Freeze' }).click();
    await form.waitFor({ state: 'detached' });
    await admin.page.getByRole('row', { name: /The database moves/ }).waitFor();

    await operator.page.goto(todoPage);
    const dialog = await openRollback(operator.page);
    await dialog.getByText('The database moves').first().waitFor();
    await consent(dialog, 'v1.6.0 was never pushed');
    await dialog.getByRole('button', { name: 'Ask for it: Roll back to revision 3' }).click();
    await dialog.getByText('Held by a freeze. It goes on when the freeze is over.').waitFor();

    await admin.page.goto('/activity');
    await admin.page
      .getByRole('link', { name: /Roll back backend from revision 4/ })
      .first()
      .click();
    await admin.page.getByRole('button', { name: 'Break glass…' }).click();
    const glass = admin.page.getByRole('dialog');
    expect(await findAccessibilityProblems(admin.page)).toEqual([]);
    await glass.getByRole('textbox', { name: 'Why it cannot wait' }).fill('Nobody can log in');
    await glass.getByRole('checkbox', { name: /upon myself/ }).check();
    await glass.getByRole('button', { name: 'Break glass' }).click();
    await dialog.getByText(/backend runs revision 5/).waitFor();
    await dialog.getByText('Nobody can log in').waitFor();

    await operator.page.goto('/activity');
    const ledger = operator.page.getByRole('table', { name: 'What was done' });
    await ledger.getByRole('row', { name: /Succeeded.*Roll back backend from revision 4/ }).waitFor();
    await ledger.getByRole('row', { name: /Rejected.*backend-deployment from revision 5/ }).waitFor();
    await operator.page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      operator.page.waitForEvent('download'),
      operator.page.getByRole('menuitem', { name: /^CSV/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const exported = await textOf(download);
    expect(exported).toContain('Nobody can log in');
    expect(exported).toContain('Measure again first');

    await admin.page.goto('/activity/freezes');
    await admin.page.getByRole('button', { name: 'End…' }).click();
    await admin.page.getByRole('dialog').getByRole('button', { name: 'End it now' }).click();
    await admin.page.getByText('Nothing is frozen').waitFor();
  });

  it('lets a tool plan and ask, and the person in whose name it asks say yes', async () => {
    await using tools = await connectTools(journey.portal, 'operator');
    const { plan } = await tools.call<{ plan: { id: string; summary: string } }>('rollouts-restart', {
      mode: 'plan',
      entityRef: 'component:default/todo-frontend',
    });
    expect(plan.summary).toBe('Restart frontend');
    const { run } = await tools.call<{ run: ToolRun }>('rollouts-restart', {
      mode: 'run',
      planId: plan.id,
      reason: 'It answers slowly',
    });
    expect(run.state).toBe('awaiting-approval');
    const link = `${journey.portal.url}/activity/runs/${run.id}`;
    expect(run.waitsFor).toContain(link);

    await using operator = await enter('operator');
    await operator.page.goto(link);
    await operator.page.getByText('through a tool').waitFor();
    expect(await findAccessibilityProblems(operator.page)).toEqual([]);
    await operator.page.getByRole('button', { name: 'Say yes' }).click();
    await operator.page.getByText('Succeeded', { exact: true }).first().waitFor();
    expect(await tools.call<ToolRun>('get-run', { runId: run.id })).toMatchObject({ state: 'succeeded' });
  });
});

interface ToolRun {
  id: string;
  state: string;
  waitsFor?: string;
}

/** The official client of the Model Context Protocol, with a person's token. */
async function connectTools(portal: Portal, user: string) {
  const client = new Client({ name: 'journey', version: '1.0.0' });
  const headers = { Authorization: `Bearer ${await portal.tokenOf(user)}` };
  const url = new URL(`${portal.url}/api/mcp-actions/v1`);
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  return {
    async call<T>(tool: string, input: Record<string, unknown>): Promise<T> {
      const { isError, content } = await client.callTool({ name: `operations.${tool}`, arguments: input });
      const [{ text }] = content as { text: string }[];
      if (isError) throw new Error(text);
      return JSON.parse(text) as T;
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** Opens the dialog of the page's main button, and waits for its plan. */
async function openRollback(page: Page): Promise<Locator> {
  await page
    .getByRole('button', { name: /^Roll back/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByText(/from revision 4 to revision 3/)
    .first()
    .waitFor();
  return dialog;
}

async function consent(dialog: Locator, reason: string): Promise<void> {
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill(reason);
  await dialog.getByRole('checkbox', { name: /^Yes, change/ }).check();
}

async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
