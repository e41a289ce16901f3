/** Takes the pictures of README: `npm run screenshots`. The app must have been built, for example by `npm run e2e`. */
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './harness/openBrowser';
import { signInWithBrowser } from './harness/signInWithBrowser';
import { startPortal } from './harness/startPortal';

// eslint-disable-next-line no-restricted-syntax -- this package only ever runs from its sources
const imageDirectory = path.resolve(__dirname, '../../docs/images');
const workloadPage = '/catalog/default/component/homelab-k3s.microservices.backend/workload';

async function openPage(browser: Browser, options: { baseURL: string; colorScheme: 'light' | 'dark' }): Promise<Page> {
  const context = await browser.newContext({
    ...options,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  await signInWithBrowser(page, 'operator');
  return page;
}

async function keep(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(1500); // fonts, transitions
  await page.screenshot({ path: path.join(imageDirectory, `${name}.png`) });
  process.stdout.write(`docs/images/${name}.png\n`);
}

async function main(): Promise<void> {
  await using portal = await startPortal();
  const browser = await openBrowser();
  try {
    const light = await openPage(browser, { baseURL: portal.url, colorScheme: 'light' });
    await light.goto('/');
    await light.getByText('ImagePullBackOff').first().waitFor();
    await keep(light, 'home');

    const dark = await openPage(browser, { baseURL: portal.url, colorScheme: 'dark' });
    await dark.goto(workloadPage);
    await dark.getByRole('heading', { name: 'Revisions' }).waitFor();
    await keep(dark, 'workload');

    await light.goto('/fleet/workloads');
    await light.getByRole('link', { name: 'flink-processor' }).waitFor();
    await keep(light, 'fleet');

    await light.goto('/catalog/default/resource/homelab-k3s/cluster');
    await light.getByRole('heading', { name: 'Capacity' }).waitFor();
    await keep(light, 'cluster');

    await dark.goto('/catalog/default/component/homelab-k3s.stream.flink-processor/workload');
    const lastRun = dark.getByRole('link', { name: /^Log of the last run/ });
    await lastRun.first().click();
    await dark
      .getByText(/IndexError/)
      .first()
      .waitFor();
    await keep(dark, 'log');

    await light.goto(workloadPage);
    await light
      .getByRole('button', { name: /^Roll back/ })
      .first()
      .click();
    const dialog = light.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /reason/i }).fill('v1.6.0 was never pushed');
    await dialog.getByRole('checkbox', { name: /change backend in production/ }).check();
    await keep(light, 'plan');

    await dialog.getByRole('button', { name: 'Roll back to revision 3' }).click();
    await dialog.getByText('Succeeded').waitFor();
    await dialog.getByRole('link', { name: 'Open in Activity' }).click();
    await light.getByText('Put back the pod template of revision 3').waitFor();
    await keep(light, 'run');
  } finally {
    await browser.close();
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
