import type { CaseRun } from '../case-run';
import { fill } from '../fill';
import { quietly } from '../quietly';
import { makeFlavors } from './flavors';
import { makeImage } from './images';
import { warmCache } from './warm-cache';
import { WebServer } from './web-server';

function needsWeb({ scenario: { given } }: CaseRun): boolean {
  return given.web !== undefined || Object.values(given.images ?? {}).some(({ store }) => store === 'http');
}

/**
 * Brings about what `given` says. Leaves no trace.
 * @param withCompute whether the lab has nova's services
 */
export function setUp(run: CaseRun, withCompute: boolean): Promise<void> {
  return quietly(async () => {
    const { given } = run.scenario;
    if (needsWeb(run)) run.web = await WebServer.start();
    for (const [path, answer] of Object.entries(given.web ?? {})) await run.web!.add(path, fill(run, answer));
    for (const [name, image] of Object.entries(given.images ?? {}))
      run.images.set(name, await makeImage(run, name, image));
    if (withCompute) await makeFlavors(run);
    if (given.cache === 'warm') await warmCache(run);
  });
}
