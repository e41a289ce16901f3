/** Types of features of which values can be given by hand, and what their values look like as text. */
const scalarTypes: Record<string, (text: string) => boolean> = {
  INT64: text => /^[+-]?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text),
  FLOAT64: text => text.trim() !== '' && Number.isFinite(Number(text)),
  NUMERIC: text => /^[+-]?\d{1,29}(\.\d{1,9})?$/.test(text),
  BIGNUMERIC: text => /^[+-]?\d{1,38}(\.\d{1,38})?$/.test(text),
  BOOL: text => /^(true|false)$/i.test(text),
  STRING: () => true,
  DATE: text => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text),
  TIME: text => /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/.test(text),
  DATETIME: text => /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/.test(text) && isDate(text),
  TIMESTAMP: text => /(Z|[+-]\d{2}:\d{2})$/.test(text) && isDate(text),
};

/** Whether values of a type (`StandardSqlDataType.typeKind`) can be given by hand. */
export function isScalar(type: string): boolean {
  return Object.hasOwn(scalarTypes, type);
}

/** Whether a text is a value of a type; false for every type that is not scalar. */
export function isValueOf(type: string, text: string): boolean {
  return isScalar(type) && scalarTypes[type](text);
}

function isDate(text: string): boolean {
  const time = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text.replace(' ', 'T'));
  if (Number.isNaN(time)) return false;
  return text.length > 10 || new Date(time).toISOString().startsWith(text); // 30 February is no date
}
