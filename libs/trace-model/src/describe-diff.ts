import type { Change } from './changes';
import { hasMore, lacking } from './describe-missing';
import type { DiffRow, DiffSide, TraceDiff } from './diff';
import { above, LONGEST_VALUE, MOST_OF_A_KIND, SideName, title, valueText } from './diff-words';
import { formatDuration } from './duration';
import type { AttributeValue } from './span';
import { printable, truncate } from './text-width';

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

/** Each other status once, where the request was sent: who took it and who handed it on say the same. */
function* httpStatus({ rows }: TraceDiff): Generator<string> {
  const changed = (row: DiffRow) => row.changes.find(({ key }) => key === 'http.response.status_code');
  for (const row of rows) {
    const change = changed(row);
    if (change === undefined) continue;
    const outer = [...above(rows, row)].map(changed).find((one) => one !== undefined);
    if (outer?.a === change.a && (outer?.b === change.b || change.b === undefined)) continue;
    const answer = (side: SideName) =>
      change[side] === undefined ? 'with nothing' : `with ${valueText(change[side])}`;
    yield `${title(row)} was answered ${answer('b')} in B, ${answer('a')} in A.`;
  }
}

const FAULT = 'fault.fired';

/** Where a fault was at work on one side only: it explains the rest. */
function* faults({ rows }: TraceDiff): Generator<string> {
  const fired = (row: DiffRow | undefined, side: SideName) => {
    const value = row?.changes.find(({ what }) => what === 'events')?.[side];
    return Array.isArray(value) && value.some((name) => name === FAULT);
  };
  for (const row of rows) {
    const outer = row.parent === undefined ? undefined : rows[row.parent];
    for (const side of ['b', 'a'] as const) {
      if (fired(row, side) && !fired(outer, side)) yield `A fault fired at ${title(row)} in ${side.toUpperCase()}.`;
    }
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

/** Hops tell what statements are for. */
const STATEMENT = 'db.query.text';

/** Each change once, on the outermost span that tells of it. */
function* attributes({ rows }: TraceDiff): Generator<string> {
  const known = new Set<string>();
  for (const row of rows) {
    const changed = row.changes
      .filter(({ what, key }) => what === 'attribute' && key !== STATEMENT)
      // What failed had no time to say more.
      .filter(({ a, b }) => !(b === undefined && row.b?.failed) && !(a === undefined && row.a?.failed))
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
    ...bounded(faults(diff), 'faults'),
    ...bounded(newFailures(diff, 'b'), 'failures in B'),
    ...bounded(newFailures(diff, 'a'), 'failures in A'),
    ...bounded(otherErrors(diff), 'different errors'),
    ...verdict,
    ...bounded(decisions(diff), 'decisions'),
    ...bounded(lacking(diff), 'spans that B has not'),
    ...bounded(hasMore(diff), 'spans that only B has'),
    ...bounded(httpStatus(diff), 'answers'),
    ...duration(diff),
    ...bounded(attributes(diff), 'spans that say something else'),
  ];
}
