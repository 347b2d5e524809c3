import { findEntry } from '../catalogue/catalogue';
import { reasonNotPlayed } from '../catalogue/not-played';

/** Services that play the hop; none when the lab does not play it. */
export function playedServices(id: string): string[] {
  const entry = findEntry(id);
  if (entry?.level === undefined || reasonNotPlayed(id) !== undefined) return [];
  return entry.services ?? [];
}

/** Whether the hop gives bytes, so that they can be truncated or corrupted. */
export function isStreamHop(id: string): boolean {
  return findEntry(id)?.stream === true;
}

/** Whether the hop casts a message, which can be dropped. */
export function canDrop(id: string): boolean {
  return findEntry(id)?.kind === 'rpc-cast' && playedServices(id).length > 0;
}

/** Whether a process can die at the hop: one that runs without a pause gives it no time to send the span that tells so. */
export function canKill(id: string): boolean {
  return findEntry(id)?.sync !== true;
}
