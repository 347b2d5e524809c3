import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../../cli/failure';
import type { Servers } from '../../cloud/servers';

const LOOK_EVERY_MS = 100;
const TIMEOUT_MS = 30_000;

/** Deletes every server of that name and waits until they are gone. Leaves no trace. */
export async function deleteServersNamed(name: string, servers: Servers): Promise<void> {
  const named = async () => (await servers.list({ quiet: true })).filter((server) => server.name === name);
  for (const { id } of await named()) await servers.delete(id, { quiet: true });
  const deadline = performance.now() + TIMEOUT_MS;
  for (let left = await named(); left.length > 0; left = await named()) {
    if (performance.now() >= deadline) {
      throw new Failure(`Server ${left[0]!.id} was not deleted within ${TIMEOUT_MS / 1000} s: see \`bootlab logs\`.`);
    }
    await pause(LOOK_EVERY_MS);
  }
}
