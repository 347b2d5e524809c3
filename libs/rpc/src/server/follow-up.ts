import { AsyncLocalStorage } from 'node:async_hooks';

const running = new AsyncLocalStorage<Promise<unknown>[]>();

/** Work that goes on after the method of this message returned, as a green thread does; the message counts as processed with it. */
export function followUp(work: Promise<unknown>): void {
  running.getStore()?.push(work);
}

/** Runs `work`, then waits for all that it left running; a failure there is its starter's business, not the message's. */
export async function runWithFollowUps<T>(work: () => T): Promise<Awaited<T>> {
  const left: Promise<unknown>[] = [];
  try {
    return await running.run(left, work);
  } finally {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await Promise.allSettled([next]);
  }
}
