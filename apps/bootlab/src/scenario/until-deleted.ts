import { setTimeout as pause } from 'node:timers/promises';
import type { Servers } from '../cloud/servers';
import { Refused } from '../http/service-client';

const LOOK_EVERY_MS = 50;

/** Looks at a server until it is gone. @param timeout seconds @throws Error when it is still there then */
export async function untilDeleted(servers: Servers, id: string, timeout: number): Promise<void> {
  const deadline = performance.now() + timeout * 1000;
  for (;;) {
    try {
      await servers.get(id, { quiet: true });
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return;
      throw error;
    }
    if (performance.now() >= deadline) throw new Error(`Server ${id} was not deleted within ${timeout} s.`);
    await pause(LOOK_EVERY_MS);
  }
}
