import type { Page } from 'playwright-core';
import { findAccessibilityProblems } from './harness/findAccessibilityProblems';
import { openVisitor } from './harness/openBrowser';
import { signInWithBrowser } from './harness/signInWithBrowser';
import { usePortal } from './harness/usePortal';

jest.setTimeout(600_000);

const backendPage = '/catalog/default/component/homelab-k3s.microservices.backend';
const planRequest = {
  path: '/api/operations/v1/plans',
  method: 'POST',
  body: { operation: 'rollouts-rollback', entityRef: 'component:default/homelab-k3s.microservices.backend' },
};

describe('a broken deployment is found, understood and rolled back', () => {
  const journey = usePortal();

  it.each(['viewer', 'guest'])(
    'as %s: what is broken is seen, but no button is active and the API refuses',
    async user => {
      await using visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url });
      const { page } = visitor;
      await signInWithBrowser(page, user);
      await page.goto(`${backendPage}/workload`);
      await page.getByText('Failed', { exact: true }).first().waitFor();
      await expectNoActiveRollback(page);

      const refused = await journey.portal.fetchAs(user, planRequest);
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ error: { code: 'OPERATION_NOT_ALLOWED' } });
    },
  );

  it('as operator: from the home page through the plan to a healthy deployment and its line in Activity', async () => {
    await using visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url });
    const { page } = visitor;
    await signInWithBrowser(page, 'operator');

    const broken = page.getByRole('region', { name: 'What is broken' });
    await broken.getByText('ImagePullBackOff').waitFor();
    await broken.getByRole('link', { name: 'backend' }).click();

    await page
      .getByRole('button', { name: /^Roll back/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Roll back backend from revision 4 to revision 3').waitFor();
    await dialog.getByRole('row', { name: /image of container backend .*v1\.6\.0 .*v1\.5\.2/ }).waitFor();
    expect(await findAccessibilityProblems(page)).toEqual([]);

    await dialog.getByRole('textbox', { name: /reason/i }).fill('v1.6.0 was never pushed');
    await dialog.getByRole('checkbox', { name: /change backend in production/ }).check();
    await dialog.getByRole('button', { name: 'Roll back to revision 3' }).click();
    await dialog.getByText('backend runs revision 5: 2 of 2 replicas are available.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Healthy', { exact: true }).first().waitFor();

    await page.getByRole('link', { name: 'Activity' }).first().click();
    const line = page.getByRole('row', { name: /Roll back backend from revision 4 to revision 3/ });
    await line.getByText('v1.6.0 was never pushed').waitFor();
    await line.getByText('Succeeded').waitFor();
    await line.getByRole('link', { name: /Roll back backend/ }).click();
    await page.getByText('Put back the pod template of revision 3').waitFor();

    await page.goto('/');
    await broken.getByText('CrashLoopBackOff').first().waitFor();
    await broken.getByRole('link', { name: 'backend' }).waitFor({ state: 'detached' });
    expect(visitor.problems.filter(problem => !isExpectedBeforeSignIn(problem))).toEqual([]);
  });
});

async function expectNoActiveRollback(page: Page): Promise<void> {
  const buttons = page.getByRole('button', { name: /^Roll back/ });
  await buttons.first().waitFor();
  for (const button of await buttons.all()) {
    expect((await button.isDisabled()) || (await button.getAttribute('aria-disabled')) === 'true').toBe(true);
  }
}

/** The portal asks whether there is a session before there is one. */
function isExpectedBeforeSignIn(problem: string): boolean {
  return problem.includes('401 (Unauthorized)');
}
