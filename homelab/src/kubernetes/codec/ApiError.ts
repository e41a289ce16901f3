// Errors as the API server words them: metav1.Status, apimachinery/pkg/api/errors/errors.go.
import { qualifiedName, type ResourceType } from '../resourceTypes';

/** One reason among several, for example one field. */
export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

/** What an error is about; `kind` is the plural of the resource, or the kind for validation errors. */
export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** The `Status` object that a failed request is answered with. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string };
  status: 'Failure' | 'Success';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  code?: number;
}

/** What an error names: its HTTP code, Kubernetes' reason, and details for programs. */
export interface ApiErrorOptions {
  code: number;
  reason: string;
  details?: StatusDetails;
  /** A token for going on with a list whose own token has expired. */
  continueToken?: string;
}

/** A request that is answered with a `Status`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    message: string,
    readonly options: ApiErrorOptions,
  ) {
    super(message);
  }

  toStatus(): Status {
    const { code, reason, details, continueToken } = this.options;
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: continueToken ? { continue: continueToken } : {},
      status: 'Failure',
      message: this.message,
      reason,
      ...(details && { details }),
      code,
    };
  }
}

function detailsOf(type: ResourceType, name: string): StatusDetails {
  return { name, ...(type.group && { group: type.group }), kind: type.plural };
}

/** 404: the object is not there. */
export function notFound(type: ResourceType, name: string): ApiError {
  const details = detailsOf(type, name);
  return new ApiError(`${qualifiedName(type)} "${name}" not found`, { code: 404, reason: 'NotFound', details });
}

/** 409: a create for a name that is taken. */
export function alreadyExists(type: ResourceType, name: string): ApiError {
  const details = detailsOf(type, name);
  return new ApiError(`${qualifiedName(type)} "${name}" already exists`, {
    code: 409,
    reason: 'AlreadyExists',
    details,
  });
}

/** @param cause - by default that somebody else has changed the object */
export function conflict(type: ResourceType, name: string, cause?: string): ApiError {
  const why = cause ?? 'the object has been modified; please apply your changes to the latest version and try again';
  return new ApiError(`Operation cannot be fulfilled on ${qualifiedName(type)} "${name}": ${why}`, {
    code: 409,
    reason: 'Conflict',
    details: detailsOf(type, name),
  });
}

/** One field that validation rejects; `detail` is the message after the colon. */
export interface FieldError {
  field: string;
  reason: 'FieldValueRequired' | 'FieldValueInvalid' | 'FieldValueNotSupported' | 'FieldValueForbidden';
  detail: string;
}

/** 422: what validation rejects, with one cause for each field. */
export function invalid(type: ResourceType, name: string, errors: FieldError[]): ApiError {
  const parts = errors.map(error => `${error.field}: ${error.detail}`);
  const text = parts.length === 1 ? parts[0] : `[${parts.join(', ')}]`;
  const kind = type.group ? `${type.kind}.${type.group}` : type.kind;
  return new ApiError(`${kind} "${name}" is invalid: ${text}`, {
    code: 422,
    reason: 'Invalid',
    details: {
      name,
      ...(type.group && { group: type.group }),
      kind: type.kind,
      causes: errors.map(error => ({ reason: error.reason, message: error.detail, field: error.field })),
    },
  });
}

/** An option of the request, such as `dryRun`, that validation rejects. */
export function invalidOptions(options: string, error: FieldError): ApiError {
  return new ApiError(`${options}.meta.k8s.io "" is invalid: ${error.field}: ${error.detail}`, {
    code: 422,
    reason: 'Invalid',
    details: {
      group: 'meta.k8s.io',
      kind: options,
      causes: [{ reason: error.reason, message: error.detail, field: error.field }],
    },
  });
}

/** 400: the request itself cannot be understood. */
export function badRequest(message: string): ApiError {
  return new ApiError(message, { code: 400, reason: 'BadRequest' });
}

/** A path that the API server knows nothing of. */
export function unknownPath(): ApiError {
  return new ApiError('the server could not find the requested resource', {
    code: 404,
    reason: 'NotFound',
    details: {},
  });
}

/** 405: the path is known, the method is not. */
export function methodNotAllowed(): ApiError {
  return new ApiError('the server does not allow this method on the requested resource', {
    code: 405,
    reason: 'MethodNotAllowed',
    details: {},
  });
}

/** An operation of the real API that the homelab does not model; it is refused and never passed over. */
export function notModelled(operation: string): ApiError {
  return new ApiError(`the homelab does not model ${operation}`, { code: 501, reason: 'NotImplemented' });
}

/** 415. @param accepted - media types, separated by commas */
export function unsupportedMediaType(accepted: string): ApiError {
  return new ApiError(`the body of the request was in an unknown format - accepted media types include: ${accepted}`, {
    code: 415,
    reason: 'UnsupportedMediaType',
  });
}

/** A JSON patch that cannot be applied, a failed `test` included: the API server does not say which part. */
export function rejectedPatch(): ApiError {
  return new ApiError('the server rejected our request due to an error in our request', {
    code: 422,
    reason: 'Invalid',
    details: {},
  });
}

/** 410: a version or a continue token that is forgotten. */
export function expired(message: string, continueToken?: string): ApiError {
  return new ApiError(message, { code: 410, reason: 'Expired', continueToken });
}
