import { novaException } from '@bootlab/openstack';
import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const LONGEST_VALUE = 120;
const SECRET = new Set<PropertyKey | undefined>(['adminPass', 'user_data', 'contents']);

/**
 * Lets only bodies pass that fit a schema, and gives the controller what the schema made of them. Plays
 * `nova.api.validation.schema`.
 */
export class SchemaPipe<T> implements PipeTransform<unknown, T> {
  constructor(private readonly schema: z.ZodType<T>) {}

  /** @throws ValidationError naming the first field that does not fit */
  transform(body: unknown): T {
    const result = this.schema.safeParse(body ?? {});
    if (result.success) return result.data;
    throw validationError(body ?? {}, innermost(result.error.issues[0]!));
  }
}

/** Where a value may have several forms, what is wrong inside the one it has. */
function innermost(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inside = issue.errors.flat().find(({ path }) => path.length > 0);
  return inside ? innermost({ ...inside, path: [...issue.path, ...inside.path] }) : issue;
}

function validationError(body: unknown, issue: Issue): Error {
  const value = valueAt(body, issue.path);
  const missing = issue.path.length > 0 && value === undefined && issue.code !== 'custom';
  const path = missing ? issue.path.slice(0, -1) : issue.path;
  const field = path.findLast((part) => typeof part === 'string') ?? 'body';
  const detail = missing ? `'${String(issue.path.at(-1))}' is a required property` : describe(issue, value);
  return new novaException.ValidationError({ path: String(field), detail });
}

function describe(issue: Issue, value: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `'${key}'`).join(', ');
    return `Additional properties are not allowed (${keys} ${issue.keys.length > 1 ? 'were' : 'was'} unexpected)`;
  }
  const shown = SECRET.has(issue.path.at(-1)) ? '' : `Value: ${short(value)}. `;
  return shown + issue.message;
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

function valueAt(body: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], body);
}
