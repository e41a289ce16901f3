// https://github.com/kubernetes/apimachinery/blob/v0.32.0/pkg/util/validation/field/errors.go
import type { FieldError } from '../codec/ApiError';

export function required(field: string, why?: string): FieldError {
  return { field, reason: 'FieldValueRequired', detail: why ? `Required value: ${why}` : 'Required value' };
}

export function invalidValue(field: string, value: unknown, why: string): FieldError {
  return { field, reason: 'FieldValueInvalid', detail: `Invalid value: ${JSON.stringify(value)}: ${why}` };
}

export function notSupported(field: string, value: unknown, supported: string[]): FieldError {
  const values = supported.map(one => JSON.stringify(one)).join(', ');
  const detail = `Unsupported value: ${JSON.stringify(value)}: supported values: ${values}`;
  return { field, reason: 'FieldValueNotSupported', detail };
}

export function nonNegative(field: string, value: unknown): FieldError[] {
  if (value === undefined || (Number.isInteger(value) && (value as number) >= 0)) return [];
  return [invalidValue(field, value, 'must be greater than or equal to 0')];
}
