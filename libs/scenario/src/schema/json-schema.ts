import { z } from 'zod';
import { scenario } from './scenario';

type Json = { [key: string]: unknown };

const placeholder = { type: 'string', pattern: '\\$\\{[a-z][a-z0-9_]*\\}' };

/** Whether a value from a matrix, written as text, would not be taken. */
function isNarrow({ type, enum: words, const: only, pattern }: Json): boolean {
  return type === 'integer' || type === 'number' || type === 'boolean' || [words, only, pattern].some((each) => each !== undefined); // prettier-ignore
}

/** Takes `${name}` wherever a value of the matrix can stand: everywhere but in keys. */
function withPlaceholders(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlaceholders);
  if (typeof value !== 'object' || value === null) return value;
  const schema = value as Json;
  if (isNarrow(schema)) {
    const { description, default: fallback, ...narrow } = schema;
    const told = Object.entries({ description, default: fallback }).filter(([, each]) => each !== undefined);
    return { ...Object.fromEntries(told), anyOf: [narrow, placeholder] };
  }
  return Object.fromEntries(
    Object.entries(schema).map(([key, each]) => [key, key === 'propertyNames' ? each : withPlaceholders(each)]),
  );
}

/** The language as a JSON Schema, for editors. It takes all that loads; what depends on the hops is checked by loading only. */
export function scenarioJsonSchema(): object {
  const { $schema, properties, ...rest } = z.toJSONSchema(scenario, { io: 'input' }) as Json;
  const { name, ...others } = properties as Json;
  return {
    $schema,
    title: 'A scenario of Nova Boot Lab',
    ...rest,
    properties: { name, ...(withPlaceholders(others) as Json) },
  };
}
