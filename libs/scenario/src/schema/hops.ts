import { allEntries, CatalogueEntry, findEntry, hopName, reasonNotPlayed } from '@bootlab/hop';
import { suggest } from './nearest';

function isPlayed({ id, level }: CatalogueEntry): boolean {
  return level !== undefined && reasonNotPlayed(id) === undefined;
}

const played = allEntries()
  .filter(isPlayed)
  .map(({ id }) => id);
const playedIds = new Set(played);

function endings(id: string): string[] {
  const parts = id.split('.');
  return parts.map((_, index) => parts.slice(index).join('.'));
}

const idsByEnd = new Map<string, string[]>();
for (const id of played) for (const end of endings(id)) idsByEnd.set(end, [...(idsByEnd.get(end) ?? []), id]);

function notPlayed(id: string): string {
  const reason = reasonNotPlayed(id) ?? 'it is a helper beside the path, which the lab does without';
  return `The lab does not play ${id}: ${reason}. \`bootlab hop list\` shows the hops to choose from.`;
}

function unknown(wanted: string): string {
  const near = suggest(wanted, wanted.includes('.') ? [...idsByEnd.keys()] : [...new Set(played.map(hopName))]);
  return `There is no hop ${wanted}.${near === '' ? ' `bootlab hop list` shows them.' : near}`;
}

/** The full id of the hop that the lab plays, for its id or for an end of it that no other played hop has; or what is wrong. */
export function resolveHop(wanted: string): { id: string } | { problem: string } {
  if (playedIds.has(wanted)) return { id: wanted };
  if (findEntry(wanted)) return { problem: notPlayed(wanted) };
  const [only, another, ...more] = idsByEnd.get(wanted) ?? [];
  if (only === undefined) {
    const left = allEntries().find(({ id }) => id.endsWith(`.${wanted}`));
    return { problem: left ? notPlayed(left.id) : unknown(wanted) };
  }
  if (another === undefined) return { id: only };
  const ends = [only, another, ...more].map(shortHop);
  return {
    problem: `${ends.length} hops are called ${wanted}: write ${ends.slice(0, -1).join(', ')} or ${ends.at(-1)}.`,
  };
}

/** The shortest end of a hop's id that stands for it alone, e.g. `Controller._get_from_store`. */
export function shortHop(id: string): string {
  return endings(id).findLast((end) => idsByEnd.get(end)?.length === 1) ?? id;
}
