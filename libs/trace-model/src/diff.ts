import { align, Aligned } from './align';
import { Change, changesBetween } from './changes';
import { compareShapes } from './compare-shapes';
import { atLevel, Level, levelOf } from './levels';
import { hopId } from './path';
import { allAlike, textScrubber } from './scrub-text';
import { shapeOf } from './shape';
import type { Span } from './span';
import { compareNano, endTimeUnixNano, nanoBetween } from './time';
import { buildTree } from './tree';

/** One span of one of the two traces. */
export interface DiffSide {
  spanId: string;
  durationNano: number;
  failed: boolean;
  /** `error.type`, where it failed. */
  error?: string;
  message?: string;
}

/** Two spans at the same place, or one that only A or only B has. */
export interface DiffRow {
  service: string;
  name: string;
  hop?: string;
  level: Level;
  depth: number;
  /** The row above, as an index of the rows. */
  parent?: number;
  a?: DiffSide;
  b?: DiffSide;
  /** B less A, in nanoseconds; what only one of them has took no time in the other. */
  differenceNano: number;
  /** B by A; absent where one of them is missing or A took no time. */
  ratio?: number;
  pace?: 'slower' | 'faster';
  changes: Change[];
}

export interface Durations {
  a: number;
  b: number;
}

export interface TraceDiff {
  level: Level;
  /** Whether both have the same shape: the same hops with the same outcome. */
  equal: boolean;
  /** From the first start to the last end, in nanoseconds. */
  durationNano: Durations;
  spanCount: Durations;
  /** Top down, in the order of A. */
  rows: DiffRow[];
  /** Indices of rows: the topmost that only B has, the topmost that only A has, and those that took longer or shorter. */
  added: number[];
  missing: number[];
  slower: number[];
  faster: number[];
}

export interface DiffOptions {
  level?: Level;
  /** How many times as long counts as slower; 1.5 when unset. */
  ratio?: number;
  /** How much longer, in nanoseconds, counts as slower; a millisecond when unset. */
  nanos?: number;
}

const SLOWER = { ratio: 1.5, nanos: 1e6 };

function sideOf(span: Span | undefined): DiffSide | undefined {
  if (span === undefined) return undefined;
  const { spanId, durationNano, status, attributes } = span;
  if (status.code !== 'error') return { spanId, durationNano, failed: false };
  const error = attributes['error.type'];
  return {
    spanId,
    durationNano,
    failed: true,
    ...(typeof error === 'string' ? { error } : {}),
    ...(status.message === undefined ? {} : { message: status.message }),
  };
}

function extent(spans: readonly Span[]): number {
  if (spans.length === 0) return 0;
  const start = spans.map((span) => span.startTimeUnixNano).reduce((a, b) => (compareNano(a, b) <= 0 ? a : b));
  const end = spans.map(endTimeUnixNano).reduce((a, b) => (compareNano(a, b) >= 0 ? a : b));
  return nanoBetween(start, end);
}

function paceOf(a: number, b: number, limit: typeof SLOWER): DiffRow['pace'] {
  if (Math.abs(b - a) <= limit.nanos) return undefined;
  if (b > a * limit.ratio) return 'slower';
  return a > b * limit.ratio ? 'faster' : undefined;
}

/** Compares two traces place by place: what happened, what was decided, how long it took. */
export function diffTraces(a: readonly Span[], b: readonly Span[], options: DiffOptions = {}): TraceDiff {
  const { level = 'path', ...limits } = options;
  const limit = { ...SLOWER, ...limits };
  const scrub = { a: textScrubber(a, allAlike), b: textScrubber(b, allAlike) };
  const aligned = align(atLevel(buildTree(a), level), atLevel(buildTree(b), level));
  const places = new Map(aligned.map((pair, place) => [pair, place]));

  const rowOf = (pair: Aligned): DiffRow => {
    const [inA, inB] = [pair.a?.span, pair.b?.span];
    const span = (inA ?? inB)!;
    const hop = hopId(span.attributes);
    const [took, takes] = [inA?.durationNano ?? 0, inB?.durationNano ?? 0];
    const pace = inA && inB ? paceOf(took, takes, limit) : undefined;
    return {
      service: span.service,
      name: span.name,
      ...(hop === undefined ? {} : { hop }),
      level: levelOf(span, (pair.a ?? pair.b)?.parent?.span),
      depth: pair.depth,
      ...(pair.parent === undefined ? {} : { parent: places.get(pair.parent)! }),
      ...(inA ? { a: sideOf(inA) } : {}),
      ...(inB ? { b: sideOf(inB) } : {}),
      differenceNano: takes - took,
      ...(inA && inB && took > 0 ? { ratio: takes / took } : {}),
      ...(pace === undefined ? {} : { pace }),
      changes: inA && inB ? changesBetween(inA, inB, scrub) : [],
    };
  };
  const rows = aligned.map(rowOf);
  const which = (wanted: (row: DiffRow) => boolean) => rows.flatMap((row, place) => (wanted(row) ? [place] : []));
  const topmost = (side: 'a' | 'b') =>
    which((row) => row[side] === undefined && (row.parent === undefined || rows[row.parent]![side] !== undefined));
  return {
    level,
    equal: compareShapes(shapeOf(a, level), shapeOf(b, level)).equal,
    durationNano: { a: extent(a), b: extent(b) },
    spanCount: { a: a.length, b: b.length },
    rows,
    added: topmost('a'),
    missing: topmost('b'),
    slower: which(({ pace }) => pace === 'slower'),
    faster: which(({ pace }) => pace === 'faster'),
  };
}
