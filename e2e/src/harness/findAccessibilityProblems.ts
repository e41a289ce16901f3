import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

interface AxeResult {
  violations: {
    id: string;
    impact: string | null;
    help: string;
    nodes: { target: string[]; failureSummary?: string }[];
  }[];
}

/** Longest change of a colour: halfway from disabled to enabled a button has a contrast that nobody is to read it by. */
const transitionMs = 400;

/** Backstage's own entry of the navigation: the number of unread notifications is seen, but not in its name. */
const upstream = 'a[href="/notifications"]';

/**
 * What axe finds serious or critical on the page as it stands, one line a finding; empty is good.
 * Source: {@link https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md}
 */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  await page.waitForTimeout(transitionMs);
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const result = await page.evaluate(
    exclude => (window as unknown as { axe: { run(context: object): Promise<AxeResult> } }).axe.run({ exclude }),
    [upstream],
  );
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(node =>
        `${id}: ${help} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`.replace(/\s+/g, ' '),
      ),
    );
}
