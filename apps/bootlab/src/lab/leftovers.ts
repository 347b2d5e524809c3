import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, ProcessIdentity, untilGone } from './process-identity';
import type { RunRecord } from './run-file';

const LEAVE_MS = 10_000;

/** The services of a record that are still processes. */
export function livingServices(record: RunRecord | undefined): ProcessIdentity[] {
  return (record?.services ?? []).flatMap(({ pid, birth }) =>
    pid !== undefined && isAlive({ pid, birth }) ? { pid, birth } : [],
  );
}

/** Waits for the services of a supervisor that died: they stop by themselves. Whatever does not is killed. */
export async function untilServicesGone(record: RunRecord | undefined): Promise<void> {
  for (const { pid } of await untilGone(livingServices(record), LEAVE_MS)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Removes what says where a process listens, once that process is gone without having done so itself. */
export function forgetEndpoints(runFolder: string, isGone: (pid: number) => boolean): void {
  for (const name of readdirSync(runFolder)) {
    if (!name.endsWith('.json') || name === 'supervisor.json') continue;
    const path = join(runFolder, name);
    const { pid } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number };
    if (isGone(pid)) rmSync(path, { force: true });
  }
}

/** Starts fresh logs and keeps those of the run before, as `<service>.log.1`. */
export function rotateLogs(logFiles: string[]): void {
  for (const path of logFiles) if (existsSync(path)) renameSync(path, `${path}.1`);
}
