import { readFileSync } from 'node:fs';

/** A process by its number and by when it began, because numbers are used again. */
export interface ProcessIdentity {
  pid: number;
  /** The kernel's clock ticks at its start; absent where there is no /proc. */
  birth?: string;
}

const STATE_FIELD = 0;
const START_TIME_FIELD = 19;

/** The fields of /proc/PID/stat after the command's name, or undefined when there is no such process or no /proc. */
function procStat(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

export function identify(pid: number): ProcessIdentity {
  return { pid, birth: procStat(pid)?.[START_TIME_FIELD] };
}

/** Whether that very process is still there. A zombie is gone. */
export function isAlive({ pid, birth }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const stat = procStat(pid);
  if (stat === undefined) return true;
  return stat[STATE_FIELD] !== 'Z' && (birth === undefined || stat[START_TIME_FIELD] === birth);
}

const LOOK_EVERY_MS = 50;

/** Waits until none of them is alive, at most `timeoutMs`; gives those that are left. */
export async function untilGone(processes: ProcessIdentity[], timeoutMs: number): Promise<ProcessIdentity[]> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const left = processes.filter(isAlive);
    if (left.length === 0 || Date.now() >= deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
