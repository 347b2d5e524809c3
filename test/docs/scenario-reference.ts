import { scenarioJsonSchema } from '@bootlab/scenario';

interface Schema {
  type?: string | string[];
  const?: string | number | boolean;
  enum?: unknown[];
  pattern?: string;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | false;
  required?: string[];
  description?: string;
  default?: unknown;
}

const types: Record<string, string> = {
  integer: 'whole number',
  string: 'text',
  boolean: 'true or false',
  object: 'map',
};

/** In words, what a value may be; `${name}` may stand anywhere and is not repeated. */
function takes(schema: Schema): string {
  const { type, anyOf, items, properties, additionalProperties: values } = schema;
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum) return schema.enum.map((word) => `\`${String(word)}\``).join(', ');
  if (anyOf) {
    const others = anyOf.filter(({ pattern }) => pattern?.startsWith('\\$') !== true);
    return [...new Set(others.map(takes))].join(' or ');
  }
  if (items) return `list of ${takes(items)}`;
  if (properties) return `map of ${Object.keys(properties).map((key) => `\`${key}\``).join(', ')}`; // prettier-ignore
  if (values) return `name → ${takes(values)}`;
  if (type === undefined) return 'anything';
  return [type].flat().map((each) => types[each] ?? each).join(' or '); // prettier-ignore
}

/** The maps inside a value that have keys of their own. */
function mapsIn(schema: Schema): Schema[] {
  if (schema.properties) return [schema];
  const inside = [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : []), schema.additionalProperties || {}];
  return Object.keys(schema).length === 0 ? [] : inside.flatMap(mapsIn);
}

function row(key: string, schema: Schema, required: boolean): string {
  const fallback = schema.default === undefined ? '' : ` Default: \`${JSON.stringify(schema.default)}\`.`;
  const meaning = `${required ? 'Required. ' : ''}${schema.description ?? ''}${fallback}`.trim();
  return `| \`${key}\` | ${takes(schema)} | ${meaning} |`.replaceAll('||', '\\|\\|');
}

/** Whether a map with these keys has not been described before. */
function isNew({ properties }: Schema, seen: Set<string>): boolean {
  const text = JSON.stringify(properties);
  return !seen.has(text) && seen.add(text).size > 0;
}

function sections(title: string, schema: Schema, depth: number, seen: Set<string>): string[] {
  const { properties = {}, required = [] } = schema;
  const rows = Object.entries(properties).map(([key, value]) => row(key, value, required.includes(key)));
  const own = `${'#'.repeat(Math.min(depth, 5))} ${title}\n\n| Key | Takes | What it says |\n| --- | --- | --- |\n${rows.join('\n')}`;
  const inner = Object.entries(properties).flatMap(([key, value]) => {
    if (key === 'parallel') return [];
    const path = title === 'A file' ? key : `${title}: ${key}`;
    return mapsIn(value).flatMap((map) => (isNew(map, seen) ? sections(path, map, depth + 1, seen) : []));
  });
  return [own, ...inner];
}

/** The reference of docs/scenarios.md: every key of the language. */
export function scenarioReference(): string {
  return sections('A file', scenarioJsonSchema(), 3, new Set()).join('\n\n');
}
