import { z } from 'zod';
import type { Path } from './problem';

/** The schemas that a value may follow once optional, default and the like are taken off. */
function alternatives(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return alternatives(schema.unwrap());
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(alternatives);
  return [schema];
}

function below(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.core.$ZodType>;
    return Object.hasOwn(shape, key) ? alternatives(shape[String(key)]!) : [];
  }
  if (schema instanceof z.ZodArray) return alternatives(schema.element);
  if (schema instanceof z.ZodRecord) return alternatives(schema.valueType);
  return [];
}

/** The schemas that the value at `path` may follow. */
export function schemasAt(top: z.core.$ZodType, path: Path): z.core.$ZodType[] {
  return path.reduce<z.core.$ZodType[]>(
    (schemas, key) => schemas.flatMap((schema) => below(schema, key)),
    alternatives(top),
  );
}

/** Keys that the map at `path` may have. */
export function keysAt(top: z.core.$ZodType, path: Path): string[] {
  return schemasAt(top, path).flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
}

/** What the schema tells of the value at `path`. */
export function descriptionAt(top: z.core.$ZodType, path: Path): string | undefined {
  const key = path.at(-1);
  if (key === undefined) return undefined;
  for (const schema of schemasAt(top, path.slice(0, -1))) {
    if (!(schema instanceof z.ZodObject)) continue;
    const shape = schema.shape as Record<string, z.ZodType>;
    if (Object.hasOwn(shape, key)) return shape[String(key)]!.description;
  }
  return undefined;
}

/** How the value at `path` is written, where a plain number does not do: `200 ms or 1.5 s`. */
export function formAt(top: z.core.$ZodType, path: Path): string | undefined {
  const examples = schemasAt(top, path).flatMap(
    (schema) => ((schema as z.ZodType).meta()?.['examples'] ?? []) as string[],
  );
  return examples.length === 0 ? undefined : examples.join(' or ');
}
