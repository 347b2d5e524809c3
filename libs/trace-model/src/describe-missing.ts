import type { DiffRow, TraceDiff } from './diff';
import { above, MOST_OF_A_KIND, SideName, title, valueText } from './diff-words';

/** What the hops above say that explains why one side has less: the nearest yes or no that changed. */
function reason({ rows }: TraceDiff, row: DiffRow, side: SideName): string {
  for (const outer of above(rows, row)) {
    const told = outer.changes.find(
      ({ a, b, what }) => what === 'attribute' && typeof a === 'boolean' && typeof b === 'boolean',
    );
    if (told === undefined) continue;
    if (told.key === 'cache.hit' && told[side] === true)
      return `: the image was in the cache${side === 'a' ? ' in A' : ''}`;
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

const spans = (count: number) => `${count} span${count === 1 ? '' : 's'}`;

/** What a side did not get to. */
function* tooLate(diff: TraceDiff, side: SideName): Generator<string> {
  const late = notReached(diff, side);
  if (late.length === 0) return;
  const more = late.length > MOST_OF_A_KIND ? ` and ${late.length - MOST_OF_A_KIND} more` : '';
  yield `${side.toUpperCase()} did not get as far as ${late.slice(0, MOST_OF_A_KIND).map(title).join(', ')}${more}.`;
}

/** The rows below one. */
function inside(rows: readonly DiffRow[], place: number): DiffRow[] {
  let end = place + 1;
  while (end < rows.length && rows[end]!.depth > rows[place]!.depth) end++;
  return rows.slice(place + 1, end);
}

/** Where the one trace begins only further down, at what the row led to in the other. */
function begins({ rows }: TraceDiff, place: number, side: SideName): string | undefined {
  const first = inside(rows, place).find(({ a, b }) => a !== undefined && b !== undefined);
  if (first === undefined) return undefined;
  const other = side === 'a' ? 'B' : 'A';
  return `${side.toUpperCase()} begins with ${title(first)}, to which ${title(rows[place]!)} led in ${other}.`;
}

function among(some: readonly DiffRow[]): string {
  const story = some.find(({ level, hop }) => level === 'story' && hop !== undefined);
  return story === undefined ? '' : `, \`${story.name}\` among them`;
}

/** Why nobody took a cast: nobody got it, or who got it died before its span ended; what it had done by then has no caller. */
function lost({ rows, added }: TraceDiff, row: DiffRow): string {
  const outer = row.parent === undefined ? undefined : rows[row.parent];
  if (!outer?.name.startsWith('cast ') || !row.name.startsWith('process ')) return '';
  const died = added.some((place) => rows[place]!.parent === undefined && rows[place]!.service === row.service);
  return died ? ': the process died before this span ended' : ': the message never arrived';
}

/** What B has not: because a hop failed before, or because it went another way. */
export function* lacking(diff: TraceDiff): Generator<string> {
  const { rows } = diff;
  yield* tooLate(diff, 'b');
  const late = notReached(diff, 'b');
  for (const place of diff.missing) {
    const row = rows[place]!;
    if (late.includes(row)) continue;
    const first = begins(diff, place, 'b');
    if (first !== undefined) {
      yield first;
      continue;
    }
    const more = inside(rows, place);
    const below = row.parent === undefined ? '' : ` below ${title(rows[row.parent]!)}`;
    const rest = more.length === 0 ? '' : `, nor the ${spans(more.length)} that it led to${among(more)}`;
    yield `B has no ${title(row)}${below}${rest}${lost(diff, row) || reason(diff, row, 'b')}.`;
  }
}

/** What only B has, by the hop that did it. */
export function* hasMore(diff: TraceDiff): Generator<string> {
  const { rows } = diff;
  yield* tooLate(diff, 'a');
  const late = notReached(diff, 'a');
  const groups = new Map<number | undefined, number[]>();
  for (const place of diff.added) {
    const { parent } = rows[place]!;
    const first = begins(diff, place, 'a');
    if (first !== undefined) yield first;
    else if (!late.includes(rows[place]!)) groups.set(parent, [...(groups.get(parent) ?? []), place]);
  }
  for (const [parent, places] of groups) {
    const below = parent === undefined ? ' without a caller' : ` below ${title(rows[parent]!)}`;
    const told = places.slice(0, MOST_OF_A_KIND).map((place) => title(rows[place]!));
    const more = places.length > told.length ? ` and ${places.length - told.length} more` : '';
    const led = places.flatMap((place) => inside(rows, place));
    const rest = led.length === 0 ? '' : `, with the ${spans(led.length)} that ${places.length === 1 ? 'it' : 'they'} led to${among(led)}`; // prettier-ignore
    yield `B also has ${told.join(', ')}${more}${below}${rest}${reason(diff, rows[places[0]!]!, 'a')}.`;
  }
}
