import { formatDuration } from './duration';
import type { Level } from './levels';
import { displayWidth, fit, fitRight, truncate } from './text-width';
import { compareNano, endTimeUnixNano, nanoBetween } from './time';
import type { TraceTree } from './tree';
import { WaterfallRow, waterfallRows } from './waterfall-rows';

/** Paints text that is already laid out; `service` lets a painter give each service its colour. */
type Paint = (text: string, service: string) => string;

export interface WaterfallColors {
  service: Paint;
  /** The lines of the tree. */
  glyph: Paint;
  name: Paint;
  bar: Paint;
  duration: Paint;
  /** Name, mark and message of a span that failed. */
  error: Paint;
}

export interface WaterfallOptions {
  /** Columns of the terminal. */
  width: number;
  level: Level;
  /** No colours when unset. */
  color?: WaterfallColors;
}

const plain: Paint = (text) => text;
const NO_COLORS: WaterfallColors = {
  service: plain,
  glyph: plain,
  name: plain,
  bar: plain,
  duration: plain,
  error: plain,
};

const MARK = '✗ ';
/** The tree's lines at one level of depth, for the widths 3, 2 and 1. */
const GLYPHS = [
  { branch: '├─ ', last: '└─ ', line: '│  ', none: '   ' },
  { branch: '├ ', last: '└ ', line: '│ ', none: '  ' },
  { branch: '├', last: '└', line: '│', none: ' ' },
] as const;
type Glyphs = (typeof GLYPHS)[number];

/** Columns of each part; a part of no columns is left out. */
interface Layout {
  service: number;
  label: number;
  bar: number;
  duration: number;
  glyphs: Glyphs;
}

interface Scale {
  start: string;
  nanos: number;
}

function layOut(rows: readonly WaterfallRow[], width: number): Layout {
  const widest = (texts: string[]) => texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
  const wanted = widest(rows.map(({ node }) => formatDuration(node.span.durationNano)));
  const duration = width >= wanted + 10 ? wanted : 0;
  const bar = width >= 50 ? Math.min(40, Math.floor(width / 4)) : 0;
  const service = width >= 40 ? Math.min(16, Math.floor(width / 5), widest(rows.map((row) => row.service))) : 0;
  const label = width - [service, bar, duration].reduce((sum, part) => sum + (part > 0 ? part + 1 : 0), 0);
  const deepest = rows.reduce((most, { depth }) => Math.max(most, depth), 0);
  const glyphs = GLYPHS.find(({ none }) => none.length * deepest <= label / 2) ?? GLYPHS[2];
  return { service, label, bar, duration, glyphs };
}

function scaleOf({ byId }: TraceTree): Scale {
  const spans = [...byId.values()].map(({ span }) => span);
  const start = spans.map((span) => span.startTimeUnixNano).reduce((a, b) => (compareNano(a, b) <= 0 ? a : b));
  const end = spans.map(endTimeUnixNano).reduce((a, b) => (compareNano(a, b) >= 0 ? a : b));
  return { start, nanos: Math.max(1, nanoBetween(start, end)) };
}

/** The lines of the tree in front of a name; too deep ones lose their outer levels. */
function indent({ open, depth }: WaterfallRow, { glyphs, label }: Layout, below: boolean): string {
  const levels = open.map((more, level) => {
    if (level < depth - 1 || below) return more ? glyphs.line : glyphs.none;
    return more ? glyphs.branch : glyphs.last;
  });
  const room = Math.floor(label / 2 / glyphs.none.length);
  return levels.length <= room ? levels.join('') : `…${levels.slice(levels.length - Math.max(0, room - 1)).join('')}`;
}

function bar({ node }: WaterfallRow, scale: Scale, width: number): string {
  const from = nanoBetween(scale.start, node.span.startTimeUnixNano) / scale.nanos;
  const cells = Math.round((node.span.durationNano / scale.nanos) * width);
  const offset = Math.min(width - 1, Math.floor(from * width));
  return fit(' '.repeat(offset) + (cells === 0 ? '▏' : '█'.repeat(Math.min(cells, width - offset))), width);
}

function spanLine(row: WaterfallRow, scale: Scale, layout: Layout, color: WaterfallColors): string {
  const { service, name, failed, node } = row;
  const lines = truncate(indent(row, layout, false), layout.label);
  const label = fit(`${failed ? MARK : ''}${name}`, layout.label - displayWidth(lines));
  const parts = [color.glyph(lines, service) + (failed ? color.error : color.name)(label, service)];
  if (layout.service > 0) parts.unshift(color.service(fit(service, layout.service), service));
  if (layout.bar > 0) parts.push((failed ? color.error : color.bar)(bar(row, scale, layout.bar), service));
  const took = formatDuration(node.span.durationNano);
  if (layout.duration > 0) parts.push(color.duration(fitRight(took, layout.duration), service));
  return parts.join(' ');
}

function messageLine(row: WaterfallRow, layout: Layout, width: number, color: WaterfallColors): string {
  const margin = layout.service > 0 ? ' '.repeat(layout.service + 1) : '';
  const child = row.node.children.length > 0 ? layout.glyphs.line : layout.glyphs.none;
  const lines = truncate(indent(row, layout, true) + child, layout.label);
  const text = truncate(`${MARK}${row.message}`, width - margin.length - displayWidth(lines));
  return margin + color.glyph(lines, row.service) + color.error(text, row.service);
}

/**
 * The trace as lines of text, one a span: service, name below its caller, a bar on one time scale, duration. A failed
 * span is marked with ✗ and the error's message stands below the innermost one. No line is wider than `width` columns.
 */
export function renderWaterfall(tree: TraceTree, { width, level, color = NO_COLORS }: WaterfallOptions): string[] {
  const rows = waterfallRows(tree, level);
  if (rows.length === 0) return [];
  const layout = layOut(rows, width);
  const scale = scaleOf(tree);
  return rows.flatMap((row) => {
    const line = spanLine(row, scale, layout, color);
    return row.message === undefined ? [line] : [line, messageLine(row, layout, width, color)];
  });
}
