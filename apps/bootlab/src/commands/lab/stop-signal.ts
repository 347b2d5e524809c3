import { once } from 'node:events';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface StopSignal {
  /** Aborted once the user or the system tells this process to stop. */
  signal: AbortSignal;
  /** Resolves then. */
  told: Promise<void>;
  /** Resolves then, and keeps the process alive until then. */
  wait(): Promise<void>;
}

/**
 * From now on Ctrl-C and the like no longer end this process: it ends by itself when its work is done. Further ones change
 * nothing, because npm and a terminal send one Ctrl-C twice.
 */
export function stopSignal(): StopSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) process.on(name, () => controller.abort());
  const told = once(controller.signal, 'abort').then(() => undefined);
  return {
    signal: controller.signal,
    told,
    async wait() {
      const alive = setInterval(() => undefined, 2 ** 30);
      await told;
      clearInterval(alive);
    },
  };
}
