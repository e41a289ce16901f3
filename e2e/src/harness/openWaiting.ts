import type { Page } from 'playwright-core';

/** From the home page to the run that waits for this person. */
export async function openWaiting(page: Page, summary: RegExp): Promise<void> {
  await page.goto('/');
  const waiting = page.getByRole('list', { name: 'Waiting for you' });
  await waiting
    .getByRole('listitem')
    .filter({ hasText: summary })
    .getByRole('link', { name: 'Read and answer' })
    .click();
  await page.getByRole('button', { name: 'Approve' }).waitFor();
}
