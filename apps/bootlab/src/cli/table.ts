import Table from 'cli-table3';
import { pc } from './colors';

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

type Cell = string | number | undefined;

/** Columns under a heading, as wide as their content; an absent value is `-`. */
export function table(head: string[], rows: Cell[][]): string {
  const grid = new Table({ chars: NO_LINES, style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] } });
  grid.push(
    head.map((title) => pc.bold(title)),
    ...rows.map((row) => row.map((cell) => String(cell ?? '-'))),
  );
  return trimLines(grid.toString());
}

/** Names and values below each other, for one thing. */
export function sheet(values: Record<string, Cell>): string {
  const width = Math.max(...Object.keys(values).map((name) => name.length));
  return Object.entries(values)
    .map(([name, value]) => `${pc.bold(name.padEnd(width))}  ${value ?? '-'}`)
    .join('\n');
}

function trimLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
