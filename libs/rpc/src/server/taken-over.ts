import { AsyncLocalStorage } from 'node:async_hooks';

const running = new AsyncLocalStorage<() => void>();

/**
 * Says that the work of the message being processed is written down where a restart finds it, so that a broker need not
 * keep the message. Without it a message is kept until its work is done.
 */
export function takenOver(): void {
  running.getStore()?.();
}

/** Runs `work`; calls `taken` when it says so. */
export function untilTakenOver<T>(taken: () => void, work: () => T): T {
  return running.run(taken, work);
}
