import type { Span, UnixNano } from './span';

/** Orders two points in time: negative when `a` is earlier. Decimal text of the same length sorts like the numbers. */
export function compareNano(a: UnixNano, b: UnixNano): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Nanoseconds from `from` to `to`. */
export function nanoBetween(from: UnixNano, to: UnixNano): number {
  return Number(BigInt(to) - BigInt(from));
}

export function addNano(time: UnixNano, nanos: number): UnixNano {
  return (BigInt(time) + BigInt(Math.round(nanos))).toString();
}

export function endTimeUnixNano(span: Span): UnixNano {
  return addNano(span.startTimeUnixNano, span.durationNano);
}

/** Whole microseconds since 1970; a number holds them until the year 2255. */
export function unixMicros(time: UnixNano): number {
  return time.length > 3 ? Number(time.slice(0, -3)) : 0;
}

export function nanoOfMicros(micros: number): UnixNano {
  return (BigInt(Math.round(micros)) * 1000n).toString();
}
