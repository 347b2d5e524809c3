import type { Change } from './changes';
import type { DiffRow, DiffSide, TraceDiff } from './diff';
import { formatDuration } from './duration';
import type { AttributeValue } from './span';
import { printable, truncate } from './text-width';

type SideName = 'a' | 'b';

const MOST_OF_A_KIND = 8;
const LONGEST_VALUE = 60;

function title({ name, service }: DiffRow): string {
  return `\`${printable(name)}\` (${service})`;
}

function valueText(value: AttributeValue | undefined): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return truncate(printable(text), LONGEST_VALUE);
}

/** The rows above a row, from the inside out. */
function* above(rows: readonly DiffRow[], row: DiffRow): Generator<DiffRow> {
  for (let at = row.parent; at !== undefined; at = rows[at]!.parent) yield rows[at]!;
}

/** Rows that failed on one side and have no failed row anywhere below them: where each error came from. */
function* sources(rows: readonly DiffRow[], side: SideName): Generator<DiffRow> {
  const passing = new Set<DiffRow>();
  for (const row of rows) {
    if (!row[side]?.failed) continue;
    for (const outer of above(rows, row)) {
      if (passing.has(outer)) break;
      passing.add(outer);
    }
  }
  for (const row of rows) if (row[side]?.failed && !passing.has(row)) yield row;
}

const withReason = ({ error, message }: DiffSide) =>
  `${error === undefined ? '' : ` with ${error}`}${message === undefined ? '' : ` ("${truncate(printable(message), 2 * LONGEST_VALUE)}")`}`;

/** The outermost hop of the story that failed with it; without one the outermost hop. */
function aborted(rows: readonly DiffRow[], row: DiffRow, side: SideName): DiffRow | undefined {
  const failed = [...above(rows, row)].filter((outer) => outer[side]?.failed && outer.hop !== undefined);
  return failed.filter(({ level }) => level === 'story').at(-1) ?? failed.at(-1);
}

/** Errors that one side has and the other has not. */
function* newFailures({ rows }: TraceDiff, side: SideName): Generator<string> {
  const other = side === 'a' ? 'b' : 'a';
  const here = side.toUpperCase();
  for (const row of sources(rows, side)) {
    if (row[other]?.failed) continue;
    const outer = aborted(rows, row, side);
    const after = outer === undefined ? '' : `; after it ${title(outer)} aborted`;
    yield `${title(row)} failed in ${here}${withReason(row[side]!)}${after}.`;
  }
}

function* otherErrors({ rows }: TraceDiff): Generator<string> {
  for (const row of sources(rows, 'b')) {
    if (!row.a?.failed || row.a.error === row.b!.error) continue;
    yield `${title(row)} failed in both: in A${withReason(row.a)}, in B${withReason(row.b!)}.`;
  }
}

const verb = (decision: AttributeValue | undefined) => (decision === 'passed' ? 'passed on' : valueText(decision));

const shortName = (id: AttributeValue | undefined) => `\`${valueText(id).split('.').at(-1)}\``;

function* decisions({ rows }: TraceDiff): Generator<string> {
  for (const row of rows) {
    const decision = row.changes.find(({ key }) => key === 'chain.decision');
    const next = row.changes.find(({ key }) => key === 'chain.next');
    // A failure is told as such.
    if (decision?.a === 'failed' || decision?.b === 'failed') continue;
    const to = (side: SideName) => (next?.[side] === undefined ? '' : ` (to ${shortName(next[side])})`);
    if (decision) {
      yield `${title(row)} ${verb(decision.b)} in B${to('b')} what it ${verb(decision.a)} in A${to('a')}.`;
    } else if (next) {
      yield `${title(row)} passed on to ${shortName(next.b)} in B, to ${shortName(next.a)} in A.`;
    }
  }
}

/** What the hops above say that explains why one side has less: the nearest yes or no that changed. */
function reason({ rows }: TraceDiff, row: DiffRow, side: SideName): string {
  for (const outer of above(rows, row)) {
    const told = outer.changes.find(
      ({ a, b, what }) => what === 'attribute' && typeof a === 'boolean' && typeof b === 'boolean',
    );
    if (told === undefined) continue;
    if (told.key === 'cache.hit' && told[side] === true) return ': the image was in the cache';
    const other = side === 'a' ? 'b' : 'a';
    const says = (which: SideName) => `${valueText(told[which])} in ${which.toUpperCase()}`;
    return `: \`${outer.name}\` says ${told.key} is ${says(side)}, ${says(other)}`;
  }
  return '';
}

/** What a side has not because the hop above it failed there. */
function notReached({ rows, added, missing }: TraceDiff, side: SideName): DiffRow[] {
  const other = side === 'a' ? 'b' : 'a';
  return (side === 'b' ? missing : added)
    .map((place) => rows[place]!)
    .filter(({ parent }) => parent !== undefined && rows[parent]![side]?.failed && !rows[parent]![other]?.failed);
}

function* lacking(diff: TraceDiff, side: SideName): Generator<string> {
  const { rows } = diff;
  const late = notReached(diff, side);
  if (late.length > 0) {
    const more = late.length > MOST_OF_A_KIND ? ` and ${late.length - MOST_OF_A_KIND} more` : '';
    yield `${side.toUpperCase()} did not get as far as ${late.slice(0, MOST_OF_A_KIND).map(title).join(', ')}${more}.`;
  }
  for (const place of side === 'b' ? diff.missing : diff.added) {
    const row = rows[place]!;
    if (late.includes(row)) continue;
    let end = place + 1;
    while (end < rows.length && rows[end]!.depth > row.depth) end++;
    const more = end - place - 1;
    const below = row.parent === undefined ? '' : ` below ${title(rows[row.parent]!)}`;
    const story = rows.slice(place, end).find(({ level, hop }) => level === 'story' && hop !== undefined);
    const such = story === undefined || story === row ? '' : `, \`${story.name}\` among them`;
    const with_ = more === 0 ? '' : `, nor the ${more} span${more === 1 ? '' : 's'} that it led to${such}`;
    yield `${side.toUpperCase()} has no ${title(row)}${below}${with_}${reason(diff, row, side)}.`;
  }
}

function* httpStatus({ rows }: TraceDiff): Generator<string> {
  for (const row of rows) {
    const change = row.changes.find(({ key }) => key === 'http.response.status_code');
    if (change) yield `${title(row)} was answered with ${valueText(change.b)} in B, with ${valueText(change.a)} in A.`;
  }
}

/** The innermost hop that by itself explains more than half of the difference; those of the story come first. */
function mostly({ rows }: TraceDiff, differenceNano: number): DiffRow | undefined {
  const explains = rows.filter(
    (row) =>
      row.hop !== undefined && row.differenceNano / differenceNano > 0.5 && row.differenceNano / differenceNano < 1.5,
  );
  const innermost = (some: DiffRow[]) =>
    some.reduce<DiffRow | undefined>(
      (best, row) => (best === undefined || row.depth > best.depth ? row : best),
      undefined,
    );
  return innermost(explains.filter(({ level }) => level === 'story')) ?? innermost(explains);
}

const signed = (nanos: number) => `${nanos < 0 ? '−' : '+'}${formatDuration(Math.abs(nanos))}`;

function* duration(diff: TraceDiff): Generator<string> {
  const { a, b } = diff.durationNano;
  const took = `${formatDuration(a)} in A, ${formatDuration(b)} in B`;
  if (a === 0 || b === 0) return;
  if (Math.max(a / b, b / a) < 1.1) {
    yield `Both took about as long: ${took}.`;
    return;
  }
  const row = mostly(diff, b - a);
  const why = row === undefined ? '' : `, mostly ${title(row)} (${signed(row.differenceNano)})`;
  const times = b > a ? `${(b / a).toFixed(1)}× as long as A` : `${Math.round((b / a) * 100)} % of A's time`;
  yield `B took ${times}: ${took}${why}.`;
}

function changeText({ key, a, b }: Change): string {
  return `${key} ${valueText(a)} → ${valueText(b)}`;
}

/** Each change once, on the outermost span that tells of it. */
function* attributes({ rows }: TraceDiff): Generator<string> {
  const known = new Set<string>();
  for (const row of rows) {
    const changed = row.changes
      .filter(({ what }) => what === 'attribute' || what === 'events')
      .map(changeText)
      .filter((text) => !known.has(text));
    if (changed.length === 0) continue;
    for (const text of changed) known.add(text);
    const told = changed.slice(0, 3).join(', ');
    const more = changed.length > 3 ? ` and ${changed.length - 3} more` : '';
    yield `${title(row)} says something else in B: ${told}${more}.`;
  }
}

/** Equal sentences once, and of each kind so many only. */
function bounded(sentences: Iterable<string>, kind: string): string[] {
  const all = [...new Set(sentences)];
  const more = all.length - MOST_OF_A_KIND;
  return more > 0 ? [...all.slice(0, MOST_OF_A_KIND), `… and ${more} more ${kind}.`] : all;
}

/** A comparison in words, the most important first: errors, decisions, what is missing, times, what is said differently. */
export function describeDiff(diff: TraceDiff): string[] {
  const verdict = diff.equal ? ['A and B have the same shape: the same hops with the same outcome.'] : [];
  return [
    ...bounded(newFailures(diff, 'b'), 'failures in B'),
    ...bounded(newFailures(diff, 'a'), 'failures in A'),
    ...bounded(otherErrors(diff), 'different errors'),
    ...verdict,
    ...bounded(decisions(diff), 'decisions'),
    ...bounded(lacking(diff, 'b'), 'spans that B has not'),
    ...bounded(lacking(diff, 'a'), 'spans that A has not'),
    ...bounded(httpStatus(diff), 'answers'),
    ...duration(diff),
    ...bounded(attributes(diff), 'spans that say something else'),
  ];
}
