import type { Page } from 'playwright-core';
import { findAccessibilityProblems } from './harness/findAccessibilityProblems';
import { openVisitor } from './harness/openBrowser';
import { signInWithBrowser } from './harness/signInWithBrowser';
import { usePortal } from './harness/usePortal';

jest.setTimeout(240_000);

const csv = `year,month,avg_temp_celsius
2023,1,2.0
2023,2,3.5
2023,3,5.8
2024,1,2.2
2024,2,3.7
2024,3,6.0
`;

describe('a model is made from a form', () => {
  const journey = usePortal();

  it('as operator: from the rows to the page of the model', async () => {
    await using visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url, theme: 'dark' });
    const { page } = visitor;
    await signInWithBrowser(page, 'operator');
    await page.goto('/create/templates/default/bigquery-ml-model');

    await choose(page, 'Dataset', 'A new dataset');
    await page.getByLabel('Name of the dataset').fill('forecasts');
    await choose(page, 'Data', 'A CSV');
    await page.getByLabel('Rows, with a heading line').fill(csv);
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
    await page.getByRole('button', { name: 'Create' }).click();

    // Publishing a private repository waits for a page that it asks for without credentials.
    const open = page
      .getByRole('link', { name: 'Open the model' })
      .or(page.getByRole('button', { name: 'Open the model' }));
    await open.first().click({ timeout: 90_000 });
    // Until the registered entity is read, it is the discovered one, which has the model's name as its title.
    await page
      .getByText(/^berlin.temperature$/)
      .first()
      .waitFor();
    await page.getByText('R² 0.9855').waitFor();
  });
});

async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: new RegExp(`^${field}\\b`) }).click();
  await page.getByRole('option', { name: option }).click();
}
