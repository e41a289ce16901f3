import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser, openVisitor } from '../../e2e/src/harness/openBrowser';
import { AppServer, type ServedFile } from './harness/AppServer';
import { buildBareApp, shippedApp } from './harness/buildBareApp';
import { report } from './measure/report';

jest.setTimeout(600_000);

/** Share of what the browser loads before sign-in that Leitstand's plugins may add. */
const addedGoal = 0.05;

/** What a browser loads until it shows the sign-in page, beside the same application without Leitstand's plugins. */
describe('bench/bundle', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('measures what our plugins add before sign-in', async () => {
    const bare = await loadSignInPage(browser, await buildBareApp());
    const shipped = await loadSignInPage(browser, shippedApp);
    const added = bytesOf(shipped) / bytesOf(bare) - 1;
    await report('bundle', [
      { what: 'before sign-in, without our plugins', value: sizeOf(bare) },
      { what: 'before sign-in, as shipped', value: sizeOf(shipped) },
      {
        what: 'added by our plugins',
        value: `${(added * 100).toFixed(1)} %`,
        goal: `≤ ${addedGoal * 100} %`,
        isMet: added <= addedGoal,
      },
      {
        what: 'our source text in it, before it is made small',
        value: (await ownSources(shipped)).map(([name, bytes]) => `${name} ${inKilobytes(bytes)}`).join(', '),
      },
    ]);
    expect(shipped.length).toBeGreaterThan(0);
  });
});

async function loadSignInPage(browser: Browser, directory: string): Promise<ServedFile[]> {
  await using server = await AppServer.start(directory);
  await using visitor = await openVisitor(browser, { portalUrl: server.url });
  await visitor.page.goto('/');
  await visitor.page.getByRole('button', { name: /guest/i }).waitFor();
  await visitor.page.waitForLoadState('networkidle');
  return [...server.served];
}

/** Bytes of our sources by package, the largest first, as the source maps of the loaded scripts have them. */
async function ownSources(files: ServedFile[]): Promise<[name: string, bytes: number][]> {
  const bytes = new Map<string, number>();
  for (const { name } of files.filter(file => file.name.endsWith('.js'))) {
    const map = JSON.parse(await readFile(path.join(shippedApp, `${name}.map`), 'utf8').catch(() => '{}')) as {
      sources?: string[];
      sourcesContent?: string[];
    };
    map.sources?.forEach((source, index) => {
      const owner = /^webpack:\/\/app\/(?:\.\.\/\.\.\/plugins\/([^/]+)|\.)\/src\//.exec(source);
      if (!owner) return;
      const packageName = owner[1] ?? 'app';
      bytes.set(packageName, (bytes.get(packageName) ?? 0) + (map.sourcesContent?.[index]?.length ?? 0));
    });
  }
  return [...bytes].sort(([, a], [, b]) => b - a);
}

function bytesOf(files: ServedFile[]): number {
  return files.reduce((sum, file) => sum + file.gzippedBytes, 0);
}

function sizeOf(files: ServedFile[]): string {
  return `${inKilobytes(bytesOf(files))} gzipped in ${files.length} requests`;
}

function inKilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
