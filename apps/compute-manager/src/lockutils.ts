import { Mutex } from 'async-mutex';

/** Locks by name, each there only as long as somebody wants it. Plays `oslo_concurrency.lockutils`. */
export class NamedLocks {
  readonly #locks = new Map<string, { mutex: Mutex; users: number }>();

  /** Runs `work` when nobody else runs under that name; whoever asked first goes first. */
  async synchronized<T>(name: string, work: () => Promise<T>): Promise<T> {
    const lock = this.#locks.get(name) ?? { mutex: new Mutex(), users: 0 };
    this.#locks.set(name, lock);
    lock.users += 1;
    try {
      return await lock.mutex.runExclusive(work);
    } finally {
      lock.users -= 1;
      if (lock.users === 0) this.#locks.delete(name);
    }
  }

  /** Names somebody works or waits under. */
  get size(): number {
    return this.#locks.size;
  }
}
