import type { Attributes } from '@opentelemetry/api';
import { getEntry, hopName, sourceUrl } from './catalogue/catalogue';
import { CatalogueEntry, levelRank } from './catalogue/entry';

/** How a hop runs: with pauses, in one go, or as a source of bytes. */
export type Style = 'async' | 'sync' | 'stream';

/** A hop together with the method that plays it, ready for use at every call. */
export interface PlayedHop {
  readonly id: string;
  readonly name: string;
  readonly rank: number;
  readonly style: Style;
  readonly attributes: Attributes;
  readonly next: ReadonlySet<string>;
  readonly remoteNext?: string;
  readonly player: string;
}

export interface Player {
  /** `ImagesController.show`, or the name of a function. */
  name: string;
  style: Style;
  /** Says that this part is simulated, and how. */
  simulated?: string;
}

const played = new Map<string, PlayedHop>();

function styleOf({ sync, stream }: CatalogueEntry): Style {
  return stream ? 'stream' : sync ? 'sync' : 'async';
}

/** `sync` for every function that is not written with `async`. */
export function styleOfFunction(work: (...args: never[]) => unknown): Style {
  return work.constructor.name === 'AsyncFunction' ? 'async' : 'sync';
}

/**
 * Says that the player plays the hop.
 * @throws Error when the catalogue lacks the hop, gives it no level or another style, or another method plays it already
 */
export function declareHop(id: string, { name: player, style, simulated }: Player): PlayedHop {
  const entry = getEntry(id);
  if (entry.level === undefined) throw new Error(`Give hop ${id} a level in the catalogue before ${player} plays it.`);
  if (styleOf(entry) !== style) {
    throw new Error(
      `${player} plays hop ${id} as ${style}, the catalogue says ${styleOf(entry)}; set sync and stream there.`,
    );
  }
  const other = played.get(id);
  if (other && other.player !== player) throw new Error(`Hop ${id} is played by ${other.player} and by ${player}.`);
  const hop: PlayedHop = {
    id,
    name: hopName(id),
    rank: levelRank(entry.level),
    style,
    attributes: {
      'code.function.name': id,
      'code.file.path': entry.file,
      'code.line.number': entry.lines[0],
      'code.url': sourceUrl(entry),
      'hop.level': entry.level,
      ...(simulated === undefined ? {} : { 'hop.simulated': simulated }),
    },
    next: new Set(entry.next),
    remoteNext: entry.remoteNext,
    player,
  };
  played.set(id, hop);
  return hop;
}

/** The hops of the modules loaded so far. */
export function playedHops(): PlayedHop[] {
  return [...played.values()];
}
