/** Lets one caller in at a time, in the order of arrival. */
export class Turnstile {
  #occupied = false;
  readonly #waiting: Array<() => void> = [];

  enter(): Promise<void> {
    if (!this.#occupied) {
      this.#occupied = true;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#occupied = false;
  }
}
