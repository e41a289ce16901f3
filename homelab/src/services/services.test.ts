import { eventually } from '../kubernetes/__testUtils__/cluster';
import { clientFor } from '../bigquery/__testUtils__/warehouse';
import { startBigQueryHomelab } from '../bigquery';
import { startKubernetesHomelab, type KubernetesHomelab } from '../kubernetes/startKubernetesHomelab';
import { localAddressAnnotation } from './LocalAddresses';

const caloguessr = '/api/v1/namespaces/caloguessr/services/caloguessr';

function proxied(cluster: KubernetesHomelab, path: string, init: RequestInit = {}, token = cluster.tokens.reader) {
  return fetch(`${cluster.url}${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
}

async function localAddress(cluster: KubernetesHomelab, namespace: string, name: string): Promise<string> {
  const service = () => cluster.objects.get('Service', namespace, name);
  return eventually(() => service()?.metadata.annotations?.[localAddressAnnotation]);
}

/** Gives a Deployment's first container another image. */
function setImage(cluster: KubernetesHomelab, namespace: string, name: string, image: string): void {
  const live = cluster.objects.get('Deployment', namespace, name);
  if (!live) throw new Error(`no ${name}`);
  const { template } = live.spec;
  const [container, ...others] = template.spec.containers;
  const containers = [{ ...container, image }, ...others];
  const spec = { ...live.spec, template: { ...template, spec: { ...template.spec, containers } } };
  cluster.objects.replace({ ...live, spec });
}

async function releaseOf(cluster: KubernetesHomelab): Promise<string | undefined> {
  const answer = await proxied(cluster, '/api/v1/namespaces/microservices/services/backend/proxy/health');
  return ((await answer.json()) as { version?: string }).version;
}

describe('services through the API server', () => {
  it('choose among the ready pods in turn, while the pod of the stuck release gets nothing', async () => {
    await using cluster = await startKubernetesHomelab();
    const answers: { version: string; pod: string }[] = [];
    for (let count = 0; count < 4; count++) {
      const path = '/api/v1/namespaces/microservices/services/backend:http/proxy/health';
      answers.push((await (await proxied(cluster, path)).json()) as { version: string; pod: string });
    }
    expect(new Set(answers.map(answer => answer.pod)).size).toBe(2);
    expect(new Set(answers.map(answer => answer.version))).toEqual(new Set(['v1.5.2']));
  });

  it.each([
    ['microservices', 'backend:9/proxy/', 503, 'no service port "9" found for service "backend"'],
    ['microservices', 'nobody/proxy/', 404, 'services "nobody" not found'],
    ['microservices', 'empty/proxy/', 503, 'no endpoints available for service "empty"'],
  ])('answer for %s/%s as Kubernetes does: %s', async (namespace, path, status, message) => {
    await using cluster = await startKubernetesHomelab();
    const spec = { type: 'ClusterIP', selector: { app: 'nothing' }, ports: [{ port: 80, protocol: 'TCP' }] };
    cluster.objects.create({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'empty', namespace }, spec });
    const answer = await proxied(cluster, `/api/v1/namespaces/${namespace}/services/${path}`);
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({
      status,
      body: { kind: 'Status', message, code: status },
    });
  });

  it('are closed to strangers and for changes', async () => {
    await using cluster = await startKubernetesHomelab();
    expect((await proxied(cluster, `${caloguessr}/proxy/`, {}, 'unknown')).status).toBe(401);
    expect((await proxied(cluster, `${caloguessr}/proxy/`, { method: 'POST' })).status).toBe(405);
  });

  it('lead to another release after it was rolled out, and nowhere while none is ready', async () => {
    await using cluster = await startKubernetesHomelab({ podStartMs: 5 });
    expect(cluster.listeningPodCount).toBe(0);
    setImage(cluster, 'microservices', 'backend', 'ghcr.io/timfbr03/cloud-computing-dski/backend:v1.0.0');
    await eventually(() => {
      const { status, metadata } = cluster.objects.get('Deployment', 'microservices', 'backend') ?? {};
      const isDone = status?.observedGeneration === metadata?.generation && status?.updatedReplicas === 2;
      return isDone && status?.replicas === 2 && status.availableReplicas === 2;
    });
    expect(await releaseOf(cluster)).toBe('v1.0.0');
    const metrics = '/api/v1/namespaces/microservices/services/backend/proxy/metrics';
    expect((await proxied(cluster, metrics)).status).toBe(404);
    expect(cluster.listeningPodCount).toBe(2);
    cluster.objects.delete('Deployment', 'microservices', 'backend');
    await eventually(() => !cluster.objects.list('Pod').some(pod => pod.metadata.labels?.app === 'backend'));
    expect((await proxied(cluster, metrics)).status).toBe(503);
    expect(cluster.listeningPodCount).toBe(0);
  });
});

describe('services at their local addresses', () => {
  it('serve the applications of the teams', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'gke-homelab-microservices', hasLocalAddresses: true });
    const address = await localAddress(cluster, 'default', 'frontend-service');
    expect(await (await fetch(`${address}/`)).text()).toContain('<h1>Weather</h1>');
    const prediction = await fetch(`${address}/api/predict-temperature?year=2025&month=1`);
    expect(await prediction.json()).toEqual({
      prediction: { year: 2025, month: 1, predicted_avg_temp_celsius: 2.27 },
    });
    expect((await fetch(`${address}/api/predict-temperature?year=soon`)).status).toBe(400);
    expect((await fetch(`${address}/api/nothing`)).status).toBe(404);
  });

  it('predict with the model in BigQuery where there is one, also after it was trained anew', async () => {
    await using warehouse = await startBigQueryHomelab({ durationsMs: { createModel: 0 } });
    const bigQuery = { url: warehouse.url, token: warehouse.tokens.service };
    const seed = 'gke-homelab-microservices';
    await using cluster = await startKubernetesHomelab({ seed, hasLocalAddresses: true, bigQuery });
    const address = await localAddress(cluster, 'default', 'frontend-service');
    const predict = async () => {
      const answer = await fetch(`${address}/api/predict-temperature?year=2025&month=1`);
      return { status: answer.status, body: await answer.json() };
    };
    const prediction = (predicted: unknown) => ({
      status: 200,
      body: { prediction: { year: 2025, month: 1, predicted_avg_temp_celsius: predicted } },
    });
    expect(await predict()).toEqual(prediction(expect.closeTo(2.2667, 4)));
    const client = clientFor(warehouse);
    await client.query(`CREATE OR REPLACE MODEL \`homelab-lamp.weather_analysis.temp_prediction_model\`
OPTIONS(model_type="linear_reg", input_label_cols=["avg_temp_celsius"])
AS
SELECT year, month, avg_temp_celsius + 10 AS avg_temp_celsius FROM \`homelab-lamp.weather_analysis.berlin_weather\``);
    expect(await predict()).toEqual(prediction(expect.closeTo(12.2667, 4)));
    await client.dataset('weather_analysis').model('temp_prediction_model').delete();
    expect(await predict()).toEqual({
      status: 502,
      body: { error: 'BigQuery: Not found: Model homelab-lamp:weather_analysis.temp_prediction_model' },
    });
  });

  it('take todos, which all replicas know', async () => {
    await using cluster = await startKubernetesHomelab({ hasLocalAddresses: true });
    const spec = { type: 'NodePort', selector: { app: 'backend' }, ports: [{ port: 80, protocol: 'TCP' }] };
    const metadata = { name: 'todos', namespace: 'microservices' };
    cluster.objects.create({ apiVersion: 'v1', kind: 'Service', metadata, spec });
    const url = `${await localAddress(cluster, 'microservices', 'todos')}/api/todos`;
    const send = (method: string, target: string, body?: string) => fetch(target, { method, body });
    expect((await send('POST', url, '{"title":"write tests"}')).status).toBe(201);
    expect((await send('POST', url, '{"title":" "}')).status).toBe(400);
    expect((await send('POST', url, '{')).status).toBe(400);
    expect((await send('PUT', `${url}/3`, '{"isDone":true}')).status).toBe(200);
    expect((await send('DELETE', `${url}/1`)).status).toBe(204);
    expect((await send('DELETE', `${url}/1`)).status).toBe(404);
    expect((await send('PATCH', `${url}/2`)).status).toBe(405);
    expect(await (await fetch(url)).json()).toEqual([
      { id: 2, title: 'roll back the backend', isDone: false },
      { id: 3, title: 'write tests', isDone: true },
    ]);
  });

  it('end with the homelab, whatever is in flight', async () => {
    const cluster = await startKubernetesHomelab();
    const ask = () =>
      proxied(cluster, `${caloguessr}/proxy/`).then(
        answer => answer.status,
        () => 503,
      );
    const answers = Array.from({ length: 30 }, ask);
    await eventually(() => cluster.journal.count() === 30 && cluster.listeningPodCount === 2);
    await cluster.close();
    expect(await Promise.all(answers)).toContain(503);
    expect({ pods: cluster.listeningPodCount, sockets: cluster.openSocketCount }).toEqual({ pods: 0, sockets: 0 });
  });

  it('are given back with the service, and all with the homelab', async () => {
    const cluster = await startKubernetesHomelab({ hasLocalAddresses: true });
    const address = await localAddress(cluster, 'caloguessr', 'caloguessr');
    expect(await (await fetch(`${address}/health`)).text()).toBe('ok');
    cluster.objects.delete('Service', 'caloguessr', 'caloguessr');
    const isOpen = async () => (await fetch(address).catch(() => undefined)) !== undefined;
    while (await isOpen()) await new Promise(resolve => setTimeout(resolve, 5));
    await cluster.close();
  });
});

describe('the load of a pod', () => {
  it('shows in its metrics, in its latency and in the CPU that the metrics API reports', async () => {
    await using cluster = await startKubernetesHomelab({ hasLocalAddresses: true });
    const address = await localAddress(cluster, 'caloguessr', 'caloguessr');
    const timed = async () => {
      const startedMs = performance.now();
      await (await fetch(`${address}/health`)).text();
      return performance.now() - startedMs;
    };
    const aloneMs = Math.min(await timed(), await timed(), await timed());
    const together = await Promise.all(Array.from({ length: 30 }, timed));
    expect(Math.max(...together)).toBeGreaterThan(aloneMs * 3);
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toMatch(/^http_requests_total\{method="GET",status="200"\} 1\d$/m);
    expect(metrics).toContain('# TYPE process_cpu_seconds_total counter\n');
    const path = '/apis/metrics.k8s.io/v1beta1/namespaces/caloguessr/pods';
    const { items } = (await (await proxied(cluster, path)).json()) as {
      items: { containers: { usage: { cpu: string } }[] }[];
    };
    const busy = items.map(item => Number.parseInt(item.containers[0].usage.cpu, 10));
    // Fifteen requests each in fifteen seconds, of 30 ms: 30 millicores, and the six of an idle server.
    expect(Math.min(...busy)).toBeGreaterThan(25);
  });
});
