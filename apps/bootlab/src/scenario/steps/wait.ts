import { setTimeout as pause } from 'node:timers/promises';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { Servers } from '../../cloud/servers';
import type { StepAction } from './step';

const LOOK_EVERY_MS = 100;

/** The server's status; `DELETED` once it is gone, undefined while nobody answers. */
async function statusOf(servers: Servers, id: string): Promise<string | undefined> {
  try {
    return (await servers.get(id, { quiet: true })).status;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.exitCode === exitCodes.notFound) return 'DELETED';
    if (error.exitCode === exitCodes.notRunning) return undefined;
    throw error;
  }
}

/** Lets time go by, or waits for a server's status, at most until the deadline. */
export const wait: StepAction = async (run, step) => {
  const asked = step.wait!;
  if (typeof asked === 'number') {
    await pause(asked);
    return { outcome: 'waited' };
  }
  const ids = run.step(asked.server).servers ?? [];
  const servers = new Servers();
  const deadline = performance.now() + run.scenario.deadline;
  for (;;) {
    const seen = await Promise.all(ids.map((id) => statusOf(servers, id)));
    const others = seen.filter((status) => status !== asked.status);
    if (others.length === 0) return { outcome: asked.status };
    if (performance.now() >= deadline)
      return { outcome: `${others[0] ?? 'no answer'} at the deadline, not ${asked.status}` };
    await pause(LOOK_EVERY_MS);
  }
};
