import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from './findChromium';

/** A visitor's window, with what went wrong in it. */
export interface Visitor extends AsyncDisposable {
  page: Page;
  /** Messages of the browser's console at level error, and failed requests, in order. */
  problems: string[];
  close(): Promise<void>;
}

/** How a window is opened. */
export interface VisitorOptions {
  portalUrl: string;
  theme?: 'light' | 'dark';
  /** Width and height in CSS pixels; default 1440 × 900. */
  viewport?: { width: number; height: number };
  /** Tells windows of one test apart in what is kept of them. */
  name?: string;
}

// eslint-disable-next-line no-restricted-syntax -- this package only ever runs from its sources
const lastViewDirectory = path.resolve(__dirname, '../../../.leitstand/e2e');

/** Far more than a page takes alone: another file's journeys and portal use the machine too. */
const defaultTimeoutMs = 90_000;

/** A browser that lives as long as the journeys of one file. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, args, env } = await findChromium();
  return chromium.launch({ executablePath, args, env, headless: true });
}

/**
 * Opens a window without any history: no cookies, nothing stored.
 * What it showed last is kept as `.leitstand/e2e/<test>.png`, so that a failed journey can be looked at.
 */
export async function openVisitor(browser: Browser, options: VisitorOptions): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: options.portalUrl,
    colorScheme: options.theme ?? 'light',
    viewport: options.viewport ?? { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  context.setDefaultTimeout(defaultTimeoutMs);
  const page = await context.newPage();
  const problems: string[] = [];
  watch(context, problems);
  const close = async () => {
    const test = (expect.getState().currentTestName ?? 'visitor').replace(/[^a-z0-9]+/gi, '-').slice(0, 120);
    const file = `${[test, options.name].filter(Boolean).join('-')}.png`;
    await page.screenshot({ path: path.join(lastViewDirectory, file) });
    await context.close();
  };
  return { page, problems, close, [Symbol.asyncDispose]: close };
}

function watch(context: BrowserContext, problems: string[]): void {
  context.on('console', message => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  context.on('weberror', error => problems.push(`page: ${error.error().message}`));
  context.on('requestfailed', request => {
    const failure = request.failure()?.errorText ?? '';
    if (!failure.includes('ERR_ABORTED')) problems.push(`request: ${request.method()} ${request.url()} ${failure}`);
  });
}
