import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kubeconfigText, startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { openVisitor } from './harness/openBrowser';
import { signInWithBrowser } from './harness/signInWithBrowser';
import type { Portal } from './harness/startPortal';
import { usePortal } from './harness/usePortal';

jest.setTimeout(600_000);

const clusterName = 'second';
const backendName = 'component/default/second.microservices.backend';
const backendPage = '/catalog/default/component/second.microservices.backend';

describe('a second cluster, given by --kubeconfig,', () => {
  let directory: string;
  let cluster: KubernetesHomelab;

  const journey = usePortal(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'leitstand-'));
    cluster = await startKubernetesHomelab({ name: clusterName });
    const kubeconfig = path.join(directory, 'kubeconfig');
    await writeFile(kubeconfig, kubeconfigText([cluster]));
    return { kubeconfig };
  });
  afterAll(async () => {
    await cluster?.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('comes into the catalogue with its workloads by itself', async () => {
    for (const name of [`resource/default/${clusterName}`, backendName]) {
      while (!(await isInCatalogue(journey.portal, name))) await new Promise(resolve => setTimeout(resolve, 300));
    }
  });

  it('that takes a right away turns red on Connections and names the right, and no page goes blank', async () => {
    await using visitor = await openVisitor(journey.browser, { portalUrl: journey.portal.url });
    const { page } = visitor;
    await signInWithBrowser(page, 'operator');
    await page.goto('/connections');
    const card = page.getByRole('region', { name: /Kubernetes: second/ });
    await card.getByText('Connected', { exact: true }).waitFor();
    await page.goto(`${backendPage}/workload`);
    const pods = page.getByRole('table', { name: 'Pods' });
    await pods
      .getByText(/^backend-/)
      .first()
      .waitFor();

    cluster.setRules('operator', []); // the kubeconfig's token
    cluster.closeWatches();
    await page
      .getByText(/may not (list|watch)/)
      .first()
      .waitFor();
    expect(await pods.getByText(/^backend-/).count()).toBeGreaterThan(0);

    await page.goto('/connections');
    await page.waitForTimeout(3_100); // checks that follow each other within three seconds are one
    await page.getByRole('button', { name: 'Check again' }).first().click();
    await card.getByText('Rights missing').first().waitFor();
    await card.getByRole('cell', { name: 'list deployments.apps', exact: true }).first().waitFor();

    await page.goto('/fleet/workloads?cluster=second');
    const fleet = page.getByRole('table', { name: 'Workloads' });
    await fleet.getByRole('link', { name: 'backend', exact: true }).waitFor();
    await page
      .getByText(/second: last known state/)
      .first()
      .waitFor();
    await page.goto(`${backendPage}/workload`);
    await pods
      .getByText(/^backend-/)
      .first()
      .waitFor();
    await page
      .getByText(/may not (list|watch)/)
      .first()
      .waitFor();
  });
});

async function isInCatalogue(portal: Portal, name: string): Promise<boolean> {
  const response = await portal.fetchAs('operator', { path: `/api/catalog/entities/by-name/${name}` });
  await response.body?.cancel();
  return response.ok;
}
