/** Takes the pictures of README: `npm run screenshots`. The app must have been built, for example by `npm run e2e`. */
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './harness/openBrowser';
import { signInWithBrowser } from './harness/signInWithBrowser';
import { startPortal, type Portal } from './harness/startPortal';

// eslint-disable-next-line no-restricted-syntax -- this package only ever runs from its sources
const imageDirectory = path.resolve(__dirname, '../../docs/images');
const workloadPage = '/catalog/default/component/homelab-k3s.microservices.backend/workload';

const modelPage = '/catalog/default/resource/homelab-lamp-weather-analysis';

async function openPage(
  browser: Browser,
  options: { baseURL: string; colorScheme: 'light' | 'dark'; user?: string },
): Promise<Page> {
  const { user = 'operator', ...contextOptions } = options;
  const context = await browser.newContext({
    ...contextOptions,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  await signInWithBrowser(page, user);
  return page;
}

async function keep(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(1500); // fonts, transitions
  await page.screenshot({ path: path.join(imageDirectory, `${name}.png`) });
  process.stdout.write(`docs/images/${name}.png\n`);
}

async function keepModels(light: Page, dark: Page): Promise<void> {
  await light.goto(`${modelPage}-temp-prediction-mode-0ec4c7c516b5/model/predict?explain=true`);
  await light.getByRole('textbox', { name: 'year' }).fill('2025');
  await light.getByRole('textbox', { name: 'month' }).fill('1');
  await light.getByRole('button', { name: 'Predict', exact: true }).click();
  await light.getByText('What led to it').first().waitFor();
  await keep(light, 'predict');

  await dark.goto(`${modelPage}-frost-model-c399ef7692a8/model/evaluation`);
  await dark.getByRole('heading', { name: 'Curves' }).scrollIntoViewIfNeeded();
  await keep(dark, 'evaluation');

  await light.goto('/create/templates/default/bigquery-ml-model');
  await choose(light, 'Dataset', /^weather_analysis/);
  await choose(light, 'Data', 'A CSV');
  await light
    .getByLabel('Rows, with a heading line')
    .fill('year,month,avg_temp_celsius\n2023,1,2.0\n2023,2,3.5\n2023,3,5.8\n2024,1,2.2\n2024,2,3.7\n2024,3,6.0\n');
  await light.getByLabel('Table to load them into').fill('berlin_weather');
  await light.getByRole('table', { name: 'Preview' }).waitFor();
  await light.getByText('The model and its rows').scrollIntoViewIfNeeded();
  await keep(light, 'create');
}

async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: new RegExp(`^${field}\\b`) }).click();
  await page.getByRole('option', { name: option }).click();
}

/** What an approver sees of a rollback that somebody asked for. */
async function keepApproval(operator: Page, approver: Page): Promise<void> {
  await operator.goto('/catalog/default/component/weather-backend/workload');
  await operator
    .getByRole('button', { name: /^Roll back/ })
    .first()
    .click();
  const dialog = operator.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /reason/i }).fill('v4 predicts too warm');
  await dialog.getByRole('checkbox', { name: /^Yes, change/ }).check();
  await dialog.getByRole('button', { name: /^Ask for it/ }).click();
  await dialog.getByText('Waits for a yes').first().waitFor();
  await approver.goto('/');
  await approver.getByRole('link', { name: 'Read and answer' }).click();
  await approver.getByRole('button', { name: 'Approve' }).waitFor();
  await keep(approver, 'approval');
}

/** What a template's task changes, while its first run waits for a yes. */
async function keepTask(portal: Portal, operator: Page): Promise<void> {
  const [first, second] = ['component:default/weather-backend', 'component:default/todo-frontend'];
  const body = {
    templateRef: 'template:default/roll-back-release',
    values: { first, second, reason: 'The release loses readings' },
  };
  const started = await portal.fetchAs('operator', { path: '/api/scaffolder/v2/tasks', method: 'POST', body });
  const { id } = (await started.json()) as { id: string };
  await operator.goto(`/create/tasks/${id}`);
  await operator.getByText('Waits for the yes of one of:').waitFor();
  await keep(operator, 'task');
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

    await keepModels(light, dark);
    const admin = await openPage(browser, { baseURL: portal.url, colorScheme: 'dark', user: 'admin' });
    await keepApproval(light, admin);
    await keepTask(portal, light);
    await admin.goto('/connections/health');
    await admin.getByRole('heading', { name: 'Processes on this database' }).waitFor();
    await keep(admin, 'health');
  } finally {
    await browser.close();
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
