import type { z } from 'zod';
import { suggest } from '../schema/nearest';
import type { Path } from './problem';
import { descriptionAt, formAt, keysAt } from './schema-at';

/** A mistake at a value; `ofKey` when its key is what is wrong. */
export interface Finding {
  path: Path;
  message: string;
  ofKey?: boolean;
}

type Issue = z.core.$ZodIssue;

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'nothing',
};

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return kinds[typeof value] ?? typeof value;
}

function isRootMismatch(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}

/** Turns what zod found wrong with a value into sentences for who wrote the file. */
export class Findings {
  constructor(
    private readonly top: z.ZodType,
    private readonly raw: unknown,
  ) {}

  of(issues: readonly Issue[], above: Path = []): Finding[] {
    return issues.flatMap((issue) => this.one(issue, [...above, ...issue.path]));
  }

  private one(issue: Issue, path: Path): Finding[] {
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          path: [...path, key],
          message: `There is no key ${key} here.${suggest(key, keysAt(this.top, path))}`,
          ofKey: true,
        }));
      case 'invalid_union':
        return this.union(issue.errors, path);
      case 'invalid_type':
        return [this.type(path, kinds[issue.expected] ?? issue.expected)];
      case 'invalid_value':
        return [{ path, message: this.value(path, issue.values.map(String)) }];
      case 'invalid_key':
        return [{ path, message: this.key(issue, path), ofKey: true }];
      case 'too_small':
      case 'too_big':
        return [{ path, message: this.bound(issue, path) }];
      default:
        return [{ path, message: /[.?]$/.test(issue.message) ? issue.message : `${issue.message}.` }];
    }
  }

  /** The alternative that the value comes nearest to tells what is wrong; where it is of no kind, all kinds are named. */
  private union(alternatives: Issue[][], path: Path): Finding[] {
    const meant = alternatives.filter((issues) => !issues.some(isRootMismatch));
    const [best] = meant.sort((a, b) => a.length - b.length);
    if (best) return this.of(best, path);
    const expected = alternatives.flat().map((issue) => {
      if (issue.code === 'invalid_type') return kinds[issue.expected] ?? issue.expected;
      return issue.code === 'invalid_value' ? issue.values.map(String).join(', ') : 'something else';
    });
    return [this.type(path, [...new Set(expected)].join(' or '))];
  }

  private type(path: Path, expected: string): Finding {
    const value = valueAt(this.raw, path);
    const name = String(path.at(-1) ?? 'the file');
    const told = descriptionAt(this.top, path);
    const meaning = told === undefined ? '' : ` ${told}`;
    if (value === undefined)
      return { path: path.slice(0, -1), message: `The key ${name} is missing: add it.${meaning}` };
    if (value === null) return { path, message: `${name} is empty: give ${expected}.${meaning}` };
    const form = typeof value === 'number' ? formAt(this.top, path) : undefined;
    if (form !== undefined) return { path, message: `Write it with its unit, as ${form}.` };
    return { path, message: `This must be ${expected}, not ${kindOf(value)}.${meaning}` };
  }

  private value(path: Path, allowed: string[]): string {
    const value = valueAt(this.raw, path);
    const said = typeof value === 'string' ? value : JSON.stringify(value);
    return allowed.length === 1
      ? `This can only be ${allowed[0]}, not ${said}.`
      : `There is no ${said} here; it is one of ${allowed.join(', ')}.`;
  }

  private key(issue: Issue & { code: 'invalid_key' }, path: Path): string {
    const inner = issue.issues[0];
    if (inner?.code === 'invalid_value') {
      const allowed = inner.values.map(String);
      return `There is no key ${String(path.at(-1))} here; it is one of ${allowed.join(', ')}.`;
    }
    return inner?.message ?? 'This key cannot be used here.';
  }

  private bound(issue: Issue & { code: 'too_small' | 'too_big' }, path: Path): string {
    if (issue.message.endsWith('.')) return issue.message;
    const small = issue.code === 'too_small';
    const limit = Number(small ? issue.minimum : issue.maximum);
    const word = small ? 'at least' : 'at most';
    if (issue.origin === 'array')
      return `Give ${word} ${limit} here, not ${(valueAt(this.raw, path) as unknown[]).length}.`;
    if (issue.origin === 'string')
      return limit === 1 ? 'This is empty: write something.' : `Use ${word} ${limit} characters.`;
    return `This must be ${word} ${limit}.`;
  }
}
