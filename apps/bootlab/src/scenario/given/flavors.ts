import type { CaseRun } from '../case-run';
import { flavors } from '../../cloud/flavors';
import { sendJson } from '../send';

/**
 * Makes the scenario's flavors and learns the ids of all. Flavors belong to no project, so each gets a name that only this run
 * has; steps go on calling it by the name of `given`.
 */
export async function makeFlavors(run: CaseRun): Promise<void> {
  for (const { id, name } of await flavors({ quiet: true })) run.flavors.set(name, id);
  for (const [name, { vcpus, ram, disk, ephemeral, swap }] of Object.entries(run.scenario.given.flavors ?? {})) {
    const id = `${name}-${run.id}`;
    const flavor = { id, name: id, vcpus, ram, disk, swap, 'OS-FLV-EXT-DATA:ephemeral': ephemeral };
    await sendJson(`Flavor ${name} cannot be made`, run.admin(), 'compute-api', 'POST', '/v2.1/flavors', {
      body: { flavor },
    });
    run.flavors.set(name, id);
  }
}
