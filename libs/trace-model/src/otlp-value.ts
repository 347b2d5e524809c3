import type { AttributeValue, HiddenTypes } from './span';

/** What came in is no OTLP: one sentence that names the place. */
export class OtlpError extends Error {
  override readonly name = 'OtlpError';
}

type Json = Record<string, unknown>;

export function objectAt(value: unknown, place: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OtlpError(`${place} must be an object.`);
  }
  return value as Json;
}

/** An absent list is an empty one, as in protobuf. */
export function listAt(value: unknown, place: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new OtlpError(`${place} must be a list.`);
  return value as readonly unknown[];
}

export function textAt(value: unknown, place: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new OtlpError(`${place} must be text.`);
  return value;
}

function integer(value: unknown, place: string): number | string {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'string' || !/^-?\d+$/.test(value)) throw new OtlpError(`${place} must be a whole number.`);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** JSON has no NaN and no infinity; OTLP/JSON writes them as text, and so they stay. */
function double(value: unknown, place: string): number | string {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return value;
  throw new OtlpError(`${place} must be a number.`);
}

function bytes(value: unknown, place: string): string {
  if (value instanceof Uint8Array) return btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(''));
  return textAt(value, place);
}

const DEEPEST = 32;

/** Reads an AnyValue. An unset one is null. */
export function anyValue(input: unknown, place: string, depth = 0): AttributeValue {
  if (input === undefined || input === null) return null;
  if (depth > DEEPEST) throw new OtlpError(`${place} is nested more than ${DEEPEST} levels deep.`);
  const value = objectAt(input, place);
  if (value['stringValue'] !== undefined) return textAt(value['stringValue'], place);
  if (value['intValue'] !== undefined) return integer(value['intValue'], place);
  if (value['boolValue'] !== undefined) return value['boolValue'] === true;
  if (value['doubleValue'] !== undefined) return double(value['doubleValue'], place);
  if (value['bytesValue'] !== undefined) return bytes(value['bytesValue'], place);
  if (value['arrayValue'] !== undefined) {
    const { values } = objectAt(value['arrayValue'], place);
    return listAt(values, place).map((item) => anyValue(item, place, depth + 1));
  }
  if (value['kvlistValue'] !== undefined) {
    return keyValues(objectAt(value['kvlistValue'], place)['values'], place, depth + 1);
  }
  return null;
}

/** The type of an AnyValue that {@link anyValue} loses. */
function hiddenType(input: unknown): HiddenTypes[string] | undefined {
  const { stringValue, intValue, doubleValue, bytesValue } = (input ?? {}) as Json;
  if (typeof stringValue === 'string') return undefined;
  if (typeof intValue === 'string') return Number.isSafeInteger(Number(intValue)) ? undefined : 'int';
  if (doubleValue !== undefined)
    return Number.isFinite(doubleValue) && !Number.isInteger(doubleValue) ? undefined : 'double';
  return bytesValue === undefined ? undefined : 'bytes';
}

/** Reads the list of KeyValue that something is described by, with the types that its values hide. */
export function readAttributes(
  input: unknown,
  place: string,
): { attributes: Record<string, AttributeValue>; attributeTypes?: HiddenTypes } {
  const attributes = keyValues(input, place);
  let attributeTypes: Record<string, HiddenTypes[string]> | undefined;
  for (const { key, value } of (input ?? []) as Array<{ key: string; value: unknown }>) {
    const type = hiddenType(value);
    if (type !== undefined) (attributeTypes ??= {})[key] = type;
  }
  return attributeTypes === undefined ? { attributes } : { attributes, attributeTypes };
}

/** Reads a list of KeyValue. Of two with the same key the later one counts. */
export function keyValues(input: unknown, place: string, depth = 0): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const item of listAt(input, place)) {
    const { key, value } = objectAt(item, place);
    define(attributes, textAt(key, place), anyValue(value, place, depth));
  }
  return attributes;
}

/** An attribute may be called `__proto__`; a plain assignment would lose it. */
function define(attributes: Record<string, AttributeValue>, key: string, value: AttributeValue): void {
  if (key !== '__proto__') attributes[key] = value;
  else Object.defineProperty(attributes, key, { value, enumerable: true, configurable: true, writable: true });
}
