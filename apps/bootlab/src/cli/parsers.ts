import { InvalidArgumentError } from 'commander';

function whole(text: string, least: number, what: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) throw new InvalidArgumentError(what);
  return value;
}

/** 1, 2, … */
export function positive(text: string): number {
  return whole(text, 1, 'Give a whole number from 1 on.');
}

/** 0, 1, 2, … */
export function natural(text: string): number {
  return whole(text, 0, 'Give a whole number from 0 on.');
}

/** Seconds, fractions allowed. */
export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('Give a number of seconds above 0.');
  }
  return value;
}

/** Collects `--property key=value` given several times; a value may itself have `=`. */
export function property(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('Write it as key=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

const TRACE_ID = /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** 32 hex digits, or 16 for an id of 64 bits, in lower case. */
export function traceId(text: string): string {
  if (!TRACE_ID.test(text)) throw new InvalidArgumentError('A trace id has 32 hex digits: see `bootlab trace list`.');
  return text.toLowerCase();
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
