import { findAccessibilityProblems } from './harness/findAccessibilityProblems';
import { openVisitor } from './harness/openBrowser';
import { signInWithBrowser } from './harness/signInWithBrowser';
import { usePortal } from './harness/usePortal';

jest.setTimeout(600_000);

const lastLine =
  'IndexError: tuple index out of range: AvgReduce needs (sensor, value, count), but the map step gives (sensor, value)';

describe('a crash loop', () => {
  const journey = usePortal();

  it('leads from the fleet to the last line that it wrote and to its events', async () => {
    await using visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url });
    const { page } = visitor;
    await signInWithBrowser(page, 'operator');
    await page.getByRole('link', { name: 'Fleet' }).first().click();

    const fleet = page.getByRole('table', { name: 'Workloads' });
    await fleet
      .getByRole('row', { name: /homelab-k3s/ })
      .first()
      .waitFor();
    await page.getByRole('checkbox', { name: 'Problems only' }).check();
    const crashing = fleet.getByRole('row', { name: /flink-processor/ });
    await crashing.getByText('CrashLoopBackOff').waitFor();
    await fleet.getByText('Healthy', { exact: true }).first().waitFor({ state: 'detached' });
    await crashing.getByRole('link', { name: 'flink-processor' }).click();

    await page
      .getByRole('link', { name: /^Log of the last run of flink-processor/ })
      .first()
      .click();
    const log = page.getByRole('log', { name: /flink-processor/ });
    await log.getByText(lastLine).first().waitFor();
    expect((await log.innerText()).trimEnd().endsWith(lastLine)).toBe(true);

    const events = page.getByRole('table', { name: 'Events' });
    await events
      .getByRole('row', { name: /BackOff.*Back-off restarting failed container/ })
      .first()
      .waitFor();
    expect(await findAccessibilityProblems(page)).toEqual([]);
  });
});
