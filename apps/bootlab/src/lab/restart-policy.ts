const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;
const MOST_RESTARTS = 5;
const WINDOW_MS = 60_000;

/** When a service that died is started again: at once the first time, ever later after that, and not for ever. */
export class RestartPolicy {
  #restarts: number[] = [];

  /** Restarts since the lab started. */
  count = 0;

  /**
   * @param now milliseconds
   * @returns milliseconds to wait, or undefined when it died too often within a minute
   */
  next(now: number): number | undefined {
    this.#restarts = this.#restarts.filter((at) => now - at < WINDOW_MS);
    const before = this.#restarts.length;
    if (before >= MOST_RESTARTS) return undefined;
    this.#restarts.push(now);
    this.count += 1;
    return Math.min(FIRST_DELAY_MS * 2 ** before, LONGEST_DELAY_MS);
  }
}
