import { Servers } from '../cloud/servers';
import type { CaseRun } from './case-run';
import { glanceImages } from './given/images';
import { quietly } from './quietly';

/** Gives back what a lab that others use would run out of. What cannot be deleted stays: the verdict stands already. */
export async function cleanUp(run: CaseRun): Promise<void> {
  await run.web?.stop();
  await quietly(async () => {
    const ids = run.results.flatMap(({ servers }) => servers ?? []);
    await Promise.allSettled(ids.map((id) => new Servers().delete(id, { quiet: true })));
    if (run.lab !== undefined) return;
    await Promise.allSettled([...run.images.values()].map(({ id }) => glanceImages().delete(run.admin(), id)));
  });
}
