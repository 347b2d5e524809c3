import { Servers } from '../../cloud/servers';
import { untilFinal } from '../../commands/boot/wait';
import type { CaseRun } from '../case-run';
import { sendJson } from '../send';
import { untilDeleted } from '../until-deleted';

/** Boots each image once and deletes the server: the compute host keeps what it downloaded. */
export async function warmCache(run: CaseRun): Promise<void> {
  const servers = new Servers();
  const timeout = run.scenario.deadline / 1000;
  for (const [name, { id }] of run.images) {
    if (run.scenario.given.images?.[name]?.status !== 'active') continue;
    const server = { name: `warm-${name}`, imageRef: id, flavorRef: run.flavors.get('m1.nano') };
    const what = `Image ${name} cannot be booted to warm the cache`;
    const made = await sendJson<{ server: { id: string } }>(what, run.admin(), 'compute-api', 'POST', '/v2.1/servers', {
      body: { server },
    });
    const [seen] = await untilFinal(servers, [made.server.id], timeout);
    if (seen?.status !== 'ACTIVE')
      throw new Error(`${what}: its server is ${seen?.status}: ${seen?.fault?.message ?? 'not within the deadline'}.`);
    await servers.delete(made.server.id, { quiet: true });
    await untilDeleted(servers, made.server.id, timeout);
  }
}
