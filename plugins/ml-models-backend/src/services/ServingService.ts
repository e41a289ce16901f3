import { InputError, NotAllowedError } from '@backstage/errors';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import type {
  FeatureValue,
  MlModelsErrorCode,
  ModelRef,
  ServingCall,
  ServingCallRequest,
} from '@leitstand/plugin-ml-models-common';
import { readLimited } from '../lib/readLimited';
import { checkRow } from '../model/featureValues';
import type { ModelService } from './ModelService';

/** How long a service may take, in milliseconds. */
const timeoutMs = 5_000;
/** Most bytes of an answer. */
const maxBytes = 1_000_000;
/** How deep the predicted value is looked for. */
const maxDepth = 5;

/** Asks the services that answer a model's predictions; only those whose address the configuration allows. */
export class ServingService {
  readonly #models: ModelService;

  constructor(models: ModelService) {
    this.#models = models;
  }

  /**
   * One GET, without credentials and without following redirects.
   *
   * @throws NotAllowedError with code `SERVING_NOT_ALLOWED`; InputError with code `FEATURE_VALUE_INVALID` or
   * `SERVING_PATH_INVALID`; UpstreamError; NotFoundError with code `MODEL_NOT_FOUND` or `PROJECT_NOT_CONNECTED`
   */
  async call(ref: ModelRef, { entityRef, row }: ServingCallRequest, signal: AbortSignal): Promise<ServingCall> {
    const model = await this.#models.get(ref);
    const service = model.serving.find(candidate => candidate.entityRef === entityRef);
    if (service?.origin === undefined) throw notAllowed(entityRef);
    checkRow(row, { features: model.features, row: 1 });
    const url = urlOf(service.origin, service.path, row);
    const startedAt = performance.now();
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'application/json' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    }).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw unreachable(entityRef, cause);
    });
    const text = await readLimited(response, maxBytes).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw unreachable(entityRef, cause);
    });
    const body = parseJson(text);
    return {
      url: url.href,
      status: response.status,
      durationMs: performance.now() - startedAt,
      body,
      predicted: findPredicted(body, maxDepth),
    };
  }
}

/** @throws InputError with code `SERVING_PATH_INVALID` when the path leads elsewhere or names what is no feature */
function urlOf(origin: string, path: string, row: Record<string, FeatureValue>): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (!Object.hasOwn(row, name)) throw pathInvalid(`asks for ${name}, which is no feature`);
    return encodeURIComponent(String(row[name] ?? ''));
  });
  const url = new URL(filled, origin);
  if (url.origin !== origin || !path.startsWith('/')) throw pathInvalid('has to begin with a single slash');
  // A value of two dots would climb to another path of the service.
  if (segmentCount(url.pathname) !== segmentCount(path)) throw pathInvalid('cannot hold these values');
  return url;
}

function segmentCount(path: string): number {
  return path.split(/[?#]/, 1)[0].split('/').length;
}

function findPredicted(body: unknown, depth: number): ServingCall['predicted'] {
  if (typeof body !== 'object' || body === null || depth === 0) return undefined;
  for (const [name, value] of Object.entries(body)) {
    if (name.startsWith('predicted') && (value === null || typeof value !== 'object')) {
      return value as ServingCall['predicted'];
    }
    const found = findPredicted(value, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function notAllowed(entityRef: string): Error {
  return withCode<Error, MlModelsErrorCode>(
    new NotAllowedError(
      `${entityRef} may not be called. An administrator can name its address in mlModels.serving.allow.`,
    ),
    'SERVING_NOT_ALLOWED',
  );
}

function pathInvalid(why: string): Error {
  return withCode<Error, MlModelsErrorCode>(
    new InputError(`The prediction path of the service ${why}.`),
    'SERVING_PATH_INVALID',
  );
}

function unreachable(entityRef: string, cause: unknown): UpstreamError {
  const isTimeout = (cause as { name?: unknown } | undefined)?.name === 'TimeoutError';
  return new UpstreamError(
    isTimeout
      ? `${entityRef} did not answer within ${timeoutMs / 1000} s.`
      : `${entityRef} did not answer as expected. Check that it runs and that mlModels.serving.allow has its address.`,
    {
      code: isTimeout ? 'UPSTREAM_TIMEOUT' : 'UPSTREAM_UNREACHABLE',
      system: entityRef,
      operation: 'GET prediction',
      cause,
    },
  );
}
