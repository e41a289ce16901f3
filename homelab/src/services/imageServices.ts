import type { ImageService, Route, ServiceContext, ServiceReply } from './ImageService';
import { metricsContentType } from './Metrics';
import { predictWithBigQuery } from './predictWithBigQuery';
import { todoRoutes } from './todoRoutes';

function page(title: string, text: string): ServiceReply {
  const html = `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>\n`;
  return { contentType: 'text/html; charset=utf-8', body: html };
}

/** A page that says which release answers, and from which pod. */
function home(title: string, text: string): Route {
  return {
    path: /^\/$/,
    answer: (_request, { tag, podName }) => page(title, `${text} Release ${tag}, served by ${podName}.`),
  };
}

function fixed(path: RegExp, body: unknown): Route {
  return { path, answer: () => ({ body }) };
}

function metrics(since?: string): Route {
  return {
    path: /^\/metrics$/,
    since,
    answer: (_request, context) => ({ contentType: metricsContentType, body: context.metrics.text }),
  };
}

const health: Route = {
  path: /^\/health$/,
  answer: (_request, { tag, podName }) => ({ body: { status: 'ok', version: tag, pod: podName } }),
};

const predictions = { name: 'temperature_predictions_total', help: 'Total number of temperature predictions' };

/** Where there is no BigQuery: the least squares fit of the averages of Berlin's first quarters of 2023 and 2024. */
function predictTemperature(year: number, month: number): number {
  return Math.round((3.8667 + 0.2 * (year - 2023.5) + 1.9 * (month - 2)) * 100) / 100;
}

const temperature: Route = {
  path: /^\/api\/predict-temperature$/,
  since: 'v3',
  answer: async ({ url }, context) => {
    const [year, month] = ['year', 'month'].map(name => Number.parseInt(url.searchParams.get(name) ?? '', 10));
    if (!(year >= 1 && month >= 1 && month <= 12)) {
      return { status: 400, body: { error: 'year and month have to be numbers' } };
    }
    if (context.tag !== 'v3') context.metrics.count(predictions.name, predictions.help);
    try {
      const predicted = await (context.bigQuery
        ? predictWithBigQuery(context.bigQuery, year, month)
        : predictTemperature(year, month));
      return { body: { prediction: { year, month, predicted_avg_temp_celsius: predicted } } };
    } catch (error) {
      return { status: 502, body: { error: `BigQuery: ${(error as Error).message}` } };
    }
  },
};

/** Hands what begins with `/api/` on to another service of the namespace. */
function handOn(service: string): Route {
  return { path: /^\/api\/.*$/, answer: ({ url }, context) => context.call(service, `${url.pathname}${url.search}`) };
}

const requestHelp = 'Total prediction requests';

/** A price that grows with every number that is sent along. */
function predictPrice(body: unknown, context: ServiceContext): ServiceReply {
  const numbers = Object.values(body ?? {}).filter(value => typeof value === 'number');
  const status = numbers.length > 0 ? 'success' : 'error';
  context.metrics.count('prediction_requests_total', requestHelp, {
    labels: { status, experiment: 'linear_regression' },
  });
  if (status === 'error') return { status: 400, body: { error: 'at least one numeric feature is needed' } };
  const predictedPrice = Math.round(numbers.reduce((sum, value) => sum + value * 120, 50_000));
  return { body: { predicted_price: predictedPrice, model: 'linear_regression', version: context.tag } };
}

const todo = 'ghcr.io/timfbr03/cloud-computing-dski';
const weather = 'gcr.io/homelab-lamp';
const mlops = 'gcr.io/mlops-476802';

/** What the seeded pods answer, by repository. Images that are not here listen to no HTTP. */
export const imageServices: ImageService[] = [
  { repository: `${todo}/backend`, cpuMs: 4, routes: [health, metrics('v1.1.0'), ...todoRoutes] },
  {
    repository: `${todo}/frontend`,
    cpuMs: 1,
    routes: [home('Todo', 'A todo list.'), handOn('backend:80')],
  },
  {
    repository: 'ghcr.io/timfbr03/caloguessr',
    cpuMs: 30,
    routes: [
      home('Caloguessr', 'Guesses the calories of a meal from its photograph.'),
      fixed(/^\/(_stcore\/)?health$/, 'ok'),
      metrics('v1.1'),
    ],
  },
  {
    repository: `${weather}/backend`,
    cpuMs: 6,
    counters: [{ ...predictions, since: 'v4' }],
    routes: [health, metrics('v2'), fixed(/^\/api\/data$/, { message: 'Backend Data' }), temperature],
  },
  {
    repository: `${weather}/frontend`,
    cpuMs: 1,
    routes: [health, metrics(), home('Weather', 'Temperatures of Berlin.'), handOn('backend-service:3001')],
  },
  {
    repository: `${mlops}/webapp`,
    cpuMs: 3,
    routes: [health, metrics(), home('Prices', 'Predicts a price and takes corrections.')],
  },
  {
    repository: `${mlops}/mlapp`,
    cpuMs: 20,
    counters: [{ name: 'prediction_requests_total', help: requestHelp }],
    routes: [
      health,
      metrics(),
      { method: 'POST', path: /^\/predict$/, answer: ({ body }, context) => predictPrice(body, context) },
    ],
  },
  {
    repository: `${mlops}/dbapp`,
    cpuMs: 5,
    counters: [
      { name: 'store_requests_total', help: 'Total store requests' },
      { name: 'retrieve_requests_total', help: 'Total retrieve requests' },
    ],
    routes: [health, metrics()],
  },
  {
    repository: `${mlops}/mlflow-server`,
    cpuMs: 8,
    routes: [fixed(/^\/health$/, 'OK'), home('MLflow', 'Experiments and models.')],
  },
  {
    repository: 'quay.io/minio/minio',
    cpuMs: 4,
    routes: [fixed(/^\/minio\/health\/(live|ready)$/, ''), { ...metrics(), path: /^\/minio\/v2\/metrics\/cluster$/ }],
  },
  {
    repository: 'docker.io/provectuslabs/kafka-ui',
    cpuMs: 5,
    routes: [fixed(/^\/actuator\/health$/, { status: 'UP' }), home('UI for Apache Kafka', 'Topics and consumers.')],
  },
  {
    repository: 'docker.io/grafana/grafana',
    cpuMs: 8,
    routes: [
      {
        path: /^\/api\/health$/,
        answer: (_request, { tag }) => ({ body: { database: 'ok', version: tag } }),
      },
      metrics(),
      home('Grafana', 'Dashboards.'),
    ],
  },
  {
    repository: 'quay.io/prometheus/prometheus',
    cpuMs: 6,
    routes: [
      fixed(/^\/-\/healthy$/, 'Prometheus Server is Healthy.\n'),
      fixed(/^\/-\/ready$/, 'Prometheus Server is Ready.\n'),
      metrics(),
    ],
  },
  { repository: 'quay.io/prometheus/node-exporter', cpuMs: 3, routes: [metrics()] },
];
