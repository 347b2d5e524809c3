import { allEntries, CatalogueEntry, findEntry, hopName, reasonNotPlayed } from '@bootlab/hop';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { didYouMean } from '../../cli/nearest';

/** Why the lab has no span for a function; undefined when it plays it. */
export function whyNotPlayed({ id, level }: CatalogueEntry): string | undefined {
  const reason = reasonNotPlayed(id);
  if (reason !== undefined) return reason;
  return level === undefined ? 'it is a helper beside the path, which the lab does without' : undefined;
}

/**
 * The function that an id, or the end of one such as `_get_image` or `API._get_image`, stands for. Of several, the only one
 * that the lab plays.
 * @throws Failure when there is none, naming the nearest, or when there are several, naming them
 */
export function findHop(wanted: string): CatalogueEntry {
  const exact = findEntry(wanted);
  if (exact) return exact;
  const ending = allEntries().filter(({ id }) => id.endsWith(`.${wanted}`));
  const played = ending.filter((entry) => whyNotPlayed(entry) === undefined);
  const candidates = played.length > 0 ? played : ending;
  const [only, another] = candidates;
  if (only === undefined) throw new Failure(`There is no hop ${wanted}.${nearest(wanted)}`, exitCodes.notFound);
  if (another !== undefined) {
    const ids = candidates.map(({ id }) => `\n  ${id}`).join('');
    throw new Failure(
      `${candidates.length} hops are called ${wanted}; give more of one's name:${ids}`,
      exitCodes.usage,
    );
  }
  return only;
}

function nearest(wanted: string): string {
  const ids = allEntries().map(({ id }) => id);
  const words = wanted.includes('.') ? ids : ids.map(hopName);
  const suggestion = didYouMean(wanted, words);
  return suggestion === '' ? ' `bootlab hop list` shows them.' : suggestion;
}
