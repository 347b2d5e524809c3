import { setTimeout as pause } from 'node:timers/promises';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { Servers } from '../../cloud/servers';
import type { StepAction } from './step';

const LOOK_EVERY_MS = 100;

/** The state that is asked for; `DELETED` once the server is gone, undefined while nobody answers. */
async function stateOf(servers: Servers, id: string, ofTask: boolean): Promise<string | undefined> {
  try {
    const server = await servers.get(id, { quiet: true });
    return ofTask ? (server['OS-EXT-STS:task_state'] ?? 'none') : server.status;
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
  const wanted = asked.status ?? asked.task_state!;
  const ids = run.step(asked.server).servers ?? [];
  if (ids.length === 0) return { outcome: `${asked.server} left no server to wait for` };
  const servers = new Servers();
  const deadline = performance.now() + run.scenario.deadline;
  for (;;) {
    const seen = await Promise.all(ids.map((id) => stateOf(servers, id, asked.status === undefined)));
    const others = seen.filter((state) => state !== wanted);
    if (others.length === 0) return { outcome: wanted };
    if (performance.now() >= deadline) return { outcome: `${others[0] ?? 'no answer'} at the deadline, not ${wanted}` };
    await pause(LOOK_EVERY_MS);
  }
};
