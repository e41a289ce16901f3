import type { Page } from 'playwright-core';
import { findAccessibilityProblems } from './harness/findAccessibilityProblems';
import { openVisitor } from './harness/openBrowser';
import { signInWithBrowser } from './harness/signInWithBrowser';
import { usePortal } from './harness/usePortal';

jest.setTimeout(1_200_000);

const backendPage = '/catalog/default/component/homelab-k3s.microservices.backend';
const models = '/catalog/default/resource/homelab-lamp-weather-analysis';
const temperaturePage = `${models}-temp-prediction-mode-0ec4c7c516b5`;
const compared = ['frost_model', 'condition_model'];
const frostPage = `${models}-frost-model-c399ef7692a8`;

/**
 * Every page, with something that is there only when it has loaded. `upstream`: rules that the markup of Backstage's own
 * plugin breaks there.
 */
const pages: { path: string; shows: string; upstream?: string[] }[] = [
  { path: '/', shows: 'ImagePullBackOff' },
  { path: '/catalog', shows: 'Todo frontend' },
  { path: backendPage, shows: 'Health' },
  { path: `${backendPage}/workload`, shows: 'Revisions' },
  { path: `${backendPage}/kubernetes`, shows: 'Your Clusters', upstream: ['nested-interactive'] },
  { path: `${backendPage}/activity`, shows: 'Nothing has been done yet' },
  { path: '/catalog/default/resource/homelab-k3s', shows: 'homelab-k3s' },
  { path: '/catalog/default/resource/homelab-k3s/cluster', shows: 'Nodes' },
  { path: '/fleet/workloads', shows: 'CrashLoopBackOff' },
  { path: '/fleet/images', shows: 'ghcr.io/timfbr03/flink-processor' },
  { path: '/connections/upstreams', shows: 'Kubernetes: homelab-k3s' },
  { path: '/connections/health', shows: 'Processes on this database' },
  { path: '/connections/catalog', shows: 'homelab-k3s' },
  { path: '/activity', shows: 'Nothing has been done yet' },
  { path: '/activity/freezes', shows: 'Nothing is frozen' },
  { path: '/models/list', shows: 'temp_prediction_model' },
  { path: '/models/compare', shows: 'Choose two to four models' },
  {
    path: `/models/compare?${compared.map(name => `model=homelab-lamp.weather_analysis.${name}`).join('&')}`,
    shows: 'Charts',
  },
  { path: temperaturePage, shows: 'Last trained or changed' },
  { path: `${temperaturePage}/model`, shows: 'Use it' },
  { path: `${temperaturePage}/model/predict`, shows: 'trained on 1 to 3' },
  { path: `${frostPage}/model/predict`, shows: 'Threshold' },
  { path: `${frostPage}/model/evaluation`, shows: 'ROC curve' },
  { path: `${frostPage}/model/training`, shows: 'Loss per iteration' },
  { path: `${temperaturePage}/model/features`, shows: 'Weights' },
  { path: `${temperaturePage}/model/serving`, shows: 'One row for all' },
  { path: '/models/jobs', shows: 'CREATE_MODEL' },
  { path: '/create', shows: 'Model in BigQuery', upstream: ['link-name', 'nested-interactive'] },
  { path: '/create/templates/default/bigquery-ml-model', shows: 'The model and its rows' },
  { path: '/create/templates/default/roll-back-release', shows: 'What is rolled back first' },
  { path: '/notifications', shows: 'Notifications', upstream: ['aria-command-name'] },
  { path: '/settings', shows: 'Appearance' },
  { path: '/search', shows: 'Search', upstream: ['listitem'] },
];

describe('appearance', () => {
  const journey = usePortal();

  it.each(['light', 'dark'] as const)('every page in %s is without serious accessibility findings', async theme => {
    await using visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url, theme });
    const { page } = visitor;
    await page.goto('/');
    await page.getByRole('button', { name: /guest/i }).waitFor();
    const findings: Record<string, string[]> = { '/sign-in': await findAccessibilityProblems(page) };
    await signInWithBrowser(page, 'operator');
    for (const { path, shows, upstream = [] } of pages) {
      await page.goto(path);
      await page.getByText(shows).first().waitFor();
      findings[path] = (await findProblemsOfLoadedPage(page)).filter(
        problem => !upstream.some(rule => problem.startsWith(`${rule}:`)),
      );
    }
    expect(Object.entries(findings).filter(([, problems]) => problems.length > 0)).toEqual([]);
  });

  it('finds entities by name and shows them by keyboard alone', async () => {
    await using visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url });
    const { page } = visitor;
    await signInWithBrowser(page, 'guest');
    await page.goto('/search?query=caloguessr');
    await page
      .getByRole('link', { name: /caloguessr/i })
      .first()
      .waitFor();
    await page
      .getByRole('link', { name: /caloguessr/i })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/caloguessr/);
  });
});

/** Backstage's own progress indicators have no name; what is looked at here is the page that stays. */
async function findProblemsOfLoadedPage(page: Page): Promise<string[]> {
  for (;;) {
    while ((await page.getByRole('progressbar').count()) > 0) await page.waitForTimeout(100);
    const problems = await findAccessibilityProblems(page);
    if (!problems.some(problem => problem.startsWith('aria-progressbar-name:'))) return problems;
  }
}
