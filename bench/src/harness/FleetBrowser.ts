import type { Browser, CDPSession, Page } from 'playwright-core';
import { openVisitor } from '../../../e2e/src/harness/openBrowser';
import { signInWithBrowser } from '../../../e2e/src/harness/signInWithBrowser';

/** The fleet's page in a real browser. */
export class FleetBrowser implements AsyncDisposable {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
    private readonly close: () => Promise<void>,
  ) {}

  static async open(browser: Browser, portalUrl: string): Promise<FleetBrowser> {
    const { page, close } = await openVisitor(browser, { portalUrl });
    await signInWithBrowser(page, 'operator');
    return new FleetBrowser(page, await page.context().newCDPSession(page), close);
  }

  /** Milliseconds from the address to the first row, with all that a new tab loads. */
  async untilFirstRow(): Promise<number> {
    const started = performance.now();
    await this.page.goto('/fleet/workloads');
    await this.page.locator('tr[aria-rowindex="2"]').waitFor();
    return performance.now() - started;
  }

  /** Scrolls as long as there is more. Answers the number of rows, and milliseconds between two pictures. */
  async scrollToEnd(): Promise<{ rowCount: number; frameMs: number[] }> {
    return this.page.getByRole('region', { name: 'Workloads' }).evaluate(async region => {
      const frameMs: number[] = [];
      const rowCount = Number(region.querySelector('table')?.getAttribute('aria-rowcount')) - 1;
      const lastIndex = () => Number([...region.querySelectorAll('tr[aria-rowindex]')].at(-1)?.ariaRowIndex);
      for (let before = performance.now(); lastIndex() <= rowCount;) {
        region.scrollTop += 400;
        await new Promise(resolve => requestAnimationFrame(resolve));
        frameMs.push(performance.now() - before);
        before = performance.now();
      }
      return { rowCount, frameMs };
    });
  }

  /** JavaScript heap after a garbage collection. */
  async heapBytes(): Promise<number> {
    await this.session.send('HeapProfiler.collectGarbage');
    return (await this.session.send('Runtime.getHeapUsage')).usedSize;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
