import { setTimeout as pause } from 'node:timers/promises';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { Server, Servers } from '../../cloud/servers';

const LOOK_EVERY_MS = 100;
/** How long compute-api may be away: it starts again when it dies. */
const AWAY_MS = 10_000;
const FINAL = new Set(['ACTIVE', 'ERROR']);

export function isFinal({ status }: Server): boolean {
  return FINAL.has(status);
}

/** Looks at a server, again and again while compute-api is away. */
async function look(servers: Servers, id: string): Promise<Server> {
  const patience = performance.now() + AWAY_MS;
  for (;;) {
    try {
      return await servers.get(id, { quiet: true });
    } catch (error) {
      const away = error instanceof Failure && error.exitCode === exitCodes.notRunning;
      if (!away || performance.now() >= patience) throw error;
      await pause(LOOK_EVERY_MS);
    }
  }
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
    for (const id of pending) seen.set(id, await look(servers, id));
    pending = pending.filter((id) => !isFinal(seen.get(id)!));
    if (pending.length === 0 || performance.now() >= deadline) return ids.map((id) => seen.get(id)!);
    await pause(LOOK_EVERY_MS);
  }
}
