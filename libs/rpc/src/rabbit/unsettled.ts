/** Messages that a broker may lose when it restarts, each with how to send it again. */
export class Unsettled {
  readonly #again = new Map<string, () => void>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** @param forMs how long the message counts as unsettled; until it is settled when left out */
  add(id: string, again: () => void, forMs?: number): void {
    this.#again.set(id, again);
    if (forMs !== undefined) this.#timers.set(id, setTimeout(() => this.settle(id), forMs).unref());
  }

  settle(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#again.delete(id);
  }

  /** Sends all of them again; whoever has one already drops it by its id. */
  sendAgain(): void {
    for (const again of [...this.#again.values()]) again();
  }

  clear(): void {
    for (const id of [...this.#again.keys()]) this.settle(id);
  }
}
