import type { Page } from 'playwright-core';
import { findAccessibilityProblems } from './harness/findAccessibilityProblems';
import { openVisitor } from './harness/openBrowser';
import { signInWithBrowser } from './harness/signInWithBrowser';
import { usePortal } from './harness/usePortal';

jest.setTimeout(600_000);

/** Berlin's first quarters, as the seed has them. */
const berlin = `year,month,avg_temp_celsius
2023,1,2.0
2023,2,3.5
2023,3,5.8
2024,1,2.2
2024,2,3.7
2024,3,6.0
`;

/** The same months, with readings of a sensor that was moved indoors and out again. */
const broken = `year,month,avg_temp_celsius
2023,1,21.0
2023,2,3.5
2023,3,-9.0
2024,1,2.2
2024,2,19.5
2024,3,6.0
`;

describe('a model', () => {
  const journey = usePortal();

  it('as operator: is made from a form, predicts, and is kept from worse data by its gate', async () => {
    await using visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url, name: 'made' });
    const { page } = visitor;
    await signInWithBrowser(page, 'operator');
    await page.goto('/create/templates/default/bigquery-ml-model');
    await fillInTemplate(page);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('Trained', { exact: true }).first().waitFor();
    await page
      .getByRole('link', { name: 'Open the model' })
      .or(page.getByRole('button', { name: 'Open the model' }))
      .first()
      .click();

    await page.waitForURL(/resource\/berlin-temperature/);
    await page.getByRole('link', { name: 'Model', exact: true }).click();
    await page.getByRole('link', { name: 'Predict', exact: true }).click();
    await expectPrediction(page, { year: '2025', month: '1', predicted: '2.2667' });

    await page.getByRole('button', { name: 'Retrain model' }).click();
    const dialog = page.getByRole('dialog');
    await choose(page, 'Train on', 'A CSV');
    await dialog.getByLabel('CSV with a heading line').fill(broken);
    await dialog.getByLabel('Table to load it into').fill('broken_sensor');
    await dialog.getByRole('button', { name: 'Show what would change' }).click();
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('New readings');
    expect(await findAccessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: /^Retrain/ }).click();
    await dialog.getByText('Failed', { exact: true }).first().waitFor();
    await dialog
      .getByText(/the gate allows a change for the worse of at most/)
      .first()
      .waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await expectPrediction(page, { year: '2025', month: '1', predicted: '2.2667' });
  });

  it('is judged by its evaluation, and its service is asked beside BigQuery', async () => {
    await using visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url, name: 'judged' });
    const { page } = visitor;
    await signInWithBrowser(page, 'operator');
    await page.getByRole('link', { name: 'Models', exact: true }).first().click();
    await page.getByRole('link', { name: 'frost_model' }).last().click();
    await page.getByRole('link', { name: 'Evaluation', exact: true }).click();
    await page.getByRole('heading', { name: 'Confusion matrix' }).waitFor();
    const slider = page.getByRole('slider');
    const before = await slider.getAttribute('aria-valuetext');
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    expect(await slider.getAttribute('aria-valuetext')).not.toBe(before);

    await page.goto('/models/list');
    await page.getByRole('link', { name: 'temp_prediction_model' }).click();
    await page.getByRole('link', { name: 'Training', exact: true }).click();
    await page.getByText(/Trained by the normal equation/).waitFor();
    await page.getByRole('link', { name: 'Features', exact: true }).click();
    await page.getByRole('heading', { name: 'Weights' }).waitFor();
    await page.getByRole('link', { name: 'Serving', exact: true }).click();
    await page.getByRole('textbox', { name: 'year' }).fill('2025');
    await page.getByRole('textbox', { name: 'month' }).fill('1');
    await page.getByRole('button', { name: 'Ask all' }).click();
    const answers = page.getByRole('table', { name: 'Answers' });
    await answers.getByRole('row', { name: /^BigQuery.*2\.2667/ }).waitFor();
    await answers.getByRole('row', { name: /Weather backend.*2\.2667.*Same answer/ }).waitFor();

    await page.goto('/models/jobs');
    const jobs = page.getByRole('table', { name: 'Jobs' });
    await jobs
      .getByRole('row', { name: /CREATE_MODEL/ })
      .first()
      .waitFor();
    await page
      .getByText(/billed/)
      .first()
      .waitFor();
  });

  it('as guest: is looked at, and nothing is asked of it', async () => {
    await using visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url, name: 'guest' });
    const { page } = visitor;
    await signInWithBrowser(page, 'guest');
    await page.goto('/models/list');
    await page.getByRole('link', { name: 'temp_prediction_model' }).click();
    await page.getByText('Linear regression').first().waitFor();
    await page.getByRole('link', { name: 'Evaluation', exact: true }).click();
    await page.getByText('R²').first().waitFor();
    expect(await page.getByRole('button', { name: 'Predict', exact: true }).count()).toBe(0);
    const model = '/api/ml-models/v1/models/homelab-lamp/weather_analysis/temp_prediction_model';
    const refused = await journey.portal.fetchAs('guest', {
      path: `${model}/predictions`,
      method: 'POST',
      body: { rows: [{ year: 2025, month: 1 }] },
    });
    expect(refused.status).toBe(403);
  });
});

/** From the rows to the review. */
async function fillInTemplate(page: Page): Promise<void> {
  await choose(page, 'Dataset', 'A new dataset');
  await page.getByLabel('Name of the dataset').fill('forecasts');
  await choose(page, 'Data', 'A CSV');
  await page.getByLabel('Rows, with a heading line').fill(berlin);
  await page.getByLabel('Table to load them into').fill('berlin_weather');
  await page.getByRole('table', { name: 'Preview' }).getByText('FLOAT64').waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByLabel('Name').fill('berlin-temperature');
  await choose(page, 'What to predict', /avg_temp_celsius/);
  await choose(page, 'Type', 'Linear regression');
  await choose(page, 'Gate', 'R²');
  await page.getByLabel('At least').fill('0.9');
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByLabel('Owner').first().click();
  await page.getByRole('option', { name: 'ML team' }).click();
  await page.getByLabel('Owner').last().fill('homelab');
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Review' }).click();
}

async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: new RegExp(`^${field}\\b`) }).click();
  await page.getByRole('option', { name: option }).click();
}

async function expectPrediction(
  page: Page,
  { year, month, predicted }: { year: string; month: string; predicted: string },
): Promise<void> {
  await page.getByRole('textbox', { name: 'year' }).fill(year);
  await page.getByRole('textbox', { name: 'month' }).fill(month);
  await page.getByRole('checkbox', { name: 'Explain' }).check();
  await page.getByText(/^Reads /).waitFor();
  await page.getByRole('button', { name: 'Predict', exact: true }).click();
  await page.getByRole('status').filter({ hasText: predicted }).waitFor();
  await page.getByText('What led to it').first().waitFor();
}
