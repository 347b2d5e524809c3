import { textMatches } from '@bootlab/scenario';

/** One thing that a state assertion asks for, and what was found. */
export interface Fact {
  /** Empty when what was found says it. */
  what: string;
  expected: string;
  found: string;
  ok: boolean;
}

type Plain = string | number | boolean | null | undefined;

function shown(value: Plain): string {
  return value === null || value === undefined ? 'none' : String(value);
}

export function equal(what: string, expected: Plain, found: Plain): Fact {
  return { what, expected: shown(expected), found: shown(found), ok: (expected ?? null) === (found ?? null) };
}

export function textIn(what: string, expected: string | null, found: string | undefined): Fact {
  const ok = expected === null ? found === undefined : found !== undefined && textMatches(expected, found);
  return { what, expected: shown(expected), found: shown(found), ok };
}
