import Table from 'cli-table3';

/** One measured figure; `target` says what it is held against, `ok` whether it reaches that. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  target?: string;
  ok?: boolean;
  note?: string;
}

export function atLeast(name: string, value: number, unit: string, least: number, note?: string): Figure {
  return { name, value, unit, target: `≥ ${least}`, ok: value >= least, note };
}

export function atMost(name: string, value: number, unit: string, most: number, note?: string): Figure {
  return { name, value, unit, target: `≤ ${most}`, ok: value <= most, note };
}

export function median(values: number[]): number {
  return percentile(values, 50);
}

/** The value below which `share` percent of the values lie. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? NaN;
}

function round(value: number): number {
  return Number(value.toPrecision(value >= 100 ? 4 : 3));
}

export function printFigures(figures: Figure[]): void {
  const table = new Table({ head: ['figure', 'value', 'target', '', 'note'], style: { head: [], border: [] } });
  for (const { name, value, unit, target, ok, note } of figures) {
    table.push([
      name,
      `${round(value)} ${unit}`,
      target ?? '',
      ok === undefined ? '' : ok ? 'ok' : 'missed',
      note ?? '',
    ]);
  }
  process.stdout.write(
    `${table.toString()}\n${JSON.stringify(figures.map((figure) => ({ ...figure, value: round(figure.value) })))}\n`,
  );
}
