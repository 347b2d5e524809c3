const UNITS: ReadonlyArray<readonly [string, number]> = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
];

/** A duration for people, three digits long or a little more: `87 µs`, `4.56 ms`, `12.3 s`, `3 min 07 s`. */
export function formatDuration(nanos: number): string {
  if (nanos >= 60e9) {
    const seconds = Math.round(nanos / 1e9);
    return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  }
  const [unit, size] = UNITS.find(([, floor]) => nanos >= floor) ?? ['ns', 1];
  const value = nanos / size;
  const digits = unit === 'ns' || unit === 'µs' || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}
