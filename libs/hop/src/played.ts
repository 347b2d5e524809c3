import type { Attributes } from '@opentelemetry/api';
import { getEntry, hopName, sourceUrl } from './catalogue/catalogue';
import { levelRank } from './catalogue/entry';

/** A hop together with the method that plays it, ready for use at every call. */
export interface PlayedHop {
  readonly id: string;
  readonly name: string;
  readonly rank: number;
  readonly attributes: Attributes;
  readonly next: ReadonlySet<string>;
  readonly remoteNext?: string;
  /** `ImagesController.show`, or the name of a function. */
  readonly player: string;
}

const played = new Map<string, PlayedHop>();

/**
 * Says that `player` plays the hop.
 * @throws Error when the catalogue lacks the hop, gives it no level, or another method plays it already
 */
export function declareHop(id: string, player: string, simulated?: string): PlayedHop {
  const entry = getEntry(id);
  if (entry.level === undefined) throw new Error(`Give hop ${id} a level in the catalogue before ${player} plays it.`);
  const other = played.get(id);
  if (other && other.player !== player) throw new Error(`Hop ${id} is played by ${other.player} and by ${player}.`);
  const hop: PlayedHop = {
    id,
    name: hopName(id),
    rank: levelRank(entry.level),
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
