const NANOS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3, // the micro sign
  μs: 1e3, // the Greek letter
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy;

/** Nanoseconds of a duration as Go writes them, such as `1.2s`, `100ms` or `1h15m30.5s`; undefined for anything else. */
export function parseGoDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0;
  let nanos = 0;
  let end = 0;
  for (const [part, number, unit] of rest.matchAll(PART)) {
    nanos += Number(number) * NANOS[unit!]!;
    end += part.length;
  }
  return end > 0 && end === rest.length ? sign * nanos : undefined;
}

/** Whole nanoseconds as Go prints them: `1.5s`, `-250µs`, `1h0m3s`. */
export function formatGoDuration(nanos: number): string {
  if (nanos < 0) return `-${formatGoDuration(-nanos)}`;
  if (nanos === 0) return '0s';
  if (nanos < 1e3) return `${nanos}ns`;
  if (nanos < 1e6) return `${nanos / 1e3}µs`;
  if (nanos < 1e9) return `${nanos / 1e6}ms`;
  const hours = Math.floor(nanos / NANOS['h']!);
  const minutes = Math.floor((nanos % NANOS['h']!) / NANOS['m']!);
  const seconds = `${(nanos % NANOS['m']!) / 1e9}s`;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}`;
}
