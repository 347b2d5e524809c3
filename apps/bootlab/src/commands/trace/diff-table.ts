import { DiffRow, formatDuration, printable, TraceDiff } from '@bootlab/trace-model';
import { pc } from '../../cli/colors';
import { table } from '../../cli/table';

type Paint = (text: string) => string;

const DEEPEST_INDENT = 24;

const plain: Paint = (text) => text;

function look({ a, b, changes, pace }: DiffRow): { mark: string; paint: Paint } {
  if (a === undefined) return { mark: '+', paint: pc.green };
  if (b === undefined) return { mark: '−', paint: pc.red };
  if (b.failed && !a.failed) return { mark: '✗', paint: pc.red };
  if (changes.length > 0) return { mark: '≠', paint: pc.yellow };
  if (pace === 'slower') return { mark: '▲', paint: pc.magenta };
  return pace === 'faster' ? { mark: '▼', paint: pc.cyan } : { mark: ' ', paint: plain };
}

function what({ a, b, changes }: DiffRow): string {
  if (a === undefined) return 'only in B';
  if (b === undefined) return 'only in A';
  return printable(changes.map(({ key }) => key).join(', '));
}

function cells(row: DiffRow): string[] {
  const { mark, paint } = look(row);
  const { a, b, depth, differenceNano, ratio } = row;
  const sign = differenceNano < 0 ? '−' : '+';
  return [
    paint(mark),
    paint(printable(row.service)),
    paint(`${' '.repeat(Math.min(depth, DEEPEST_INDENT))}${printable(row.name)}`),
    a ? formatDuration(a.durationNano) : '',
    b ? formatDuration(b.durationNano) : '',
    a && b ? `${sign}${formatDuration(Math.abs(differenceNano))}` : '',
    ratio === undefined ? '' : `${ratio.toFixed(ratio < 0.1 ? 2 : 1)}×`,
    paint(what(row)),
  ];
}

/** Rows that differ; of what only one trace has, the topmost. */
function differing({ rows, added, missing }: TraceDiff): DiffRow[] {
  const topmost = new Set([...added, ...missing]);
  return rows.filter(
    ({ a, b, changes, pace }, place) =>
      topmost.has(place) || (a !== undefined && b !== undefined && (changes.length > 0 || pace !== undefined)),
  );
}

/** The two traces side by side: every row, or those that differ. Undefined when there is none to show. */
export function diffTable(diff: TraceDiff, all: boolean): string | undefined {
  const rows = all ? diff.rows : differing(diff);
  if (rows.length === 0) return undefined;
  return table(['', 'SERVICE', 'HOP', 'A', 'B', 'B − A', 'B / A', 'DIFFERENT'], rows.map(cells));
}
