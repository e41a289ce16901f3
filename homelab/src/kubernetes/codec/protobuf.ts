// The protobuf form in which kubectl creates objects of its own making (`create job`, `create deployment`, `auth`):
// https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding. Only what these send is understood.
import { unsupportedMediaType } from './ApiError';
import type { JsonObject } from './json';
import { protobufMessages, type ProtobufField } from './protobufMessages';

const magic = Buffer.from('k8s\0');
const acceptedObjects = 'application/json, application/yaml';

/** One field as it is on the wire: a number, or the bytes of anything else. */
interface WireField {
  number: number;
  value: number | Buffer;
}

function refuse(why: string): Error {
  return unsupportedMediaType(`${acceptedObjects}; of application/vnd.kubernetes.protobuf ${why} is not modelled`);
}

/** https://protobuf.dev/programming-guides/encoding/ */
function* readFields(bytes: Buffer): Generator<WireField> {
  let offset = 0;
  const varint = (): number => {
    let result = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (offset >= bytes.length) throw refuse('a message that is cut off');
      const byte = bytes[offset++];
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, result));
    }
  };
  while (offset < bytes.length) {
    const tag = varint();
    const number = tag >>> 3;
    if ((tag & 7) === 0) {
      yield { number, value: varint() };
    } else if ((tag & 7) === 2) {
      const length = varint();
      yield { number, value: bytes.subarray(offset, offset + length) };
      offset += length;
    } else {
      throw refuse(`wire type ${tag & 7}`);
    }
  }
}

function decodeEntry(bytes: Buffer, isQuantity: boolean): [string, string] {
  const [key, value] = [1, 2].map(number => [...readFields(bytes)].find(field => field.number === number)?.value);
  const text = isQuantity && Buffer.isBuffer(value) ? [...readFields(value)][0]?.value : value;
  return [String(key ?? ''), String(text ?? '')];
}

function decodeValue(type: string, value: WireField['value']): unknown {
  if (type === 'bool') return value === 1;
  if (typeof value === 'number') return value;
  if (type === 'string') return value.toString('utf8');
  if (type === 'Time') return undefined;
  return decodeMessage(type, value);
}

/** Go writes what is not set as a zero, an empty text or an empty message; JSON leaves it out. */
function isUnset(value: unknown): boolean {
  if (value === undefined || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function addField(target: JsonObject, field: ProtobufField, value: WireField['value']): void {
  const { name, type, isList, isPointer, isInline } = field;
  if (type === 'map' || type === 'quantities') {
    const [key, text] = decodeEntry(value as Buffer, type === 'quantities');
    target[name] = { ...(target[name] as object), [key]: text };
    return;
  }
  const decoded = decodeValue(type, value);
  if (isInline) Object.assign(target, decoded);
  else if (isList) target[name] = [...((target[name] as unknown[]) ?? []), decoded];
  else if (isPointer || !isUnset(decoded)) target[name] = decoded;
}

function decodeMessage(type: string, bytes: Buffer): JsonObject {
  const fields = protobufMessages.get(type);
  if (!fields) throw refuse(`the message ${type}`);
  const result: JsonObject = {};
  for (const { number, value } of readFields(bytes)) {
    const field = fields.get(number);
    if (!field) throw refuse(`field ${number} of ${type}`);
    if (field.type !== 'ignored') addField(result, field, value);
  }
  return result;
}

/** Decodes an object. @throws ApiError 415 for a kind or a field that is not modelled: nothing is passed over */
export function decodeProtobuf(bytes: Buffer): JsonObject {
  if (!bytes.subarray(0, magic.length).equals(magic)) throw refuse('a body without its beginning');
  const parts = new Map([...readFields(bytes.subarray(magic.length))].map(({ number, value }) => [number, value]));
  const [typeMeta, raw] = [parts.get(1), parts.get(2)];
  if (!Buffer.isBuffer(typeMeta) || !Buffer.isBuffer(raw)) throw refuse('a body without a kind');
  const { apiVersion, kind } = decodeMessage('TypeMeta', typeMeta);
  return { apiVersion, kind, ...decodeMessage(String(kind), raw) };
}
