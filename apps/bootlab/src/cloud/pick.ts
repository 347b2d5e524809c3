import { exitCodes } from '../cli/exit-codes';
import { Failure } from '../cli/failure';
import { didYouMean } from '../cli/nearest';

export interface Named {
  id: string;
  name: string | null;
}

/**
 * The one thing that a user means by an id or a name.
 * @param kind for messages, e.g. `image`
 * @throws Failure when none is called so, naming the nearest, or when several are, naming their ids
 */
export function pick<T extends Named>(kind: string, wanted: string, things: readonly T[]): T {
  const sameId = things.find(({ id }) => id === wanted);
  if (sameId) return sameId;
  const sameName = things.filter(({ name }) => name === wanted);
  const [only, another] = sameName;
  if (only === undefined) {
    const names = things.flatMap(({ name }) => name ?? []);
    const nearest = didYouMean(wanted, names);
    const next = nearest === '' ? ` \`bootlab ${kind} list\` shows what is there.` : nearest;
    throw new Failure(`There is no ${kind} ${wanted}.${next}`, exitCodes.notFound);
  }
  if (another !== undefined) {
    const ids = sameName.map(({ id }) => id).join(', ');
    throw new Failure(`${sameName.length} ${kind}s are named ${wanted}; give the id of one: ${ids}.`, exitCodes.usage);
  }
  return only;
}
