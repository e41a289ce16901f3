import type { Page } from 'playwright-core';

/** Signs in the way a person does: the portal's page, and for everybody but the guest the provider's popup. */
export async function signInWithBrowser(page: Page, user: string): Promise<void> {
  await page.goto('/');
  if (user === 'guest') {
    await page.getByRole('button', { name: /guest/i }).click();
  } else {
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: /openid connect/i }).click(),
    ]);
    const closed = popup.waitForEvent('close'); // it may be gone before the click has returned
    await popup.getByRole('button', { name: new RegExp(`^${user}`) }).click();
    await closed;
  }
  await page.getByRole('link', { name: 'Catalog' }).first().waitFor();
}
