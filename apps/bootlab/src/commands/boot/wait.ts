import { setTimeout as pause } from 'node:timers/promises';
import { Server, Servers } from '../../cloud/servers';

const LOOK_EVERY_MS = 100;
const FINAL = new Set(['ACTIVE', 'ERROR']);

export function isFinal({ status }: Server): boolean {
  return FINAL.has(status);
}

/**
 * Looks at servers until each is ACTIVE or in ERROR, or the time is up. Leaves no trace.
 * @param timeout seconds
 * @returns each as it was seen last, in the order of the ids
 */
export async function untilFinal(servers: Servers, ids: readonly string[], timeout: number): Promise<Server[]> {
  const deadline = performance.now() + timeout * 1000;
  const seen = new Map<string, Server>();
  let pending = [...ids];
  for (;;) {
    for (const id of pending) seen.set(id, await servers.get(id, { quiet: true }));
    pending = pending.filter((id) => !isFinal(seen.get(id)!));
    if (pending.length === 0 || performance.now() >= deadline) return ids.map((id) => seen.get(id)!);
    await pause(LOOK_EVERY_MS);
  }
}
