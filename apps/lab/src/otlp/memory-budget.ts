import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { Semaphore } from 'async-mutex';
import { LAB_OPTIONS, LabOptions } from '../lab-options';
import { collectGarbage } from './collect-garbage';

/** Requests of the largest size that may be in memory at once: one, beside which small ones have room. */
const LARGEST_AT_ONCE = 1.25;

const MIB = 1024 * 1024;

/** Bytes of a request that leaves enough behind to be cleared away. */
const LARGE = 4 * MIB;

/** One request's share of the memory. */
export interface Share {
  /** @throws 503 when requests hold too much between them */
  take(bytes: number): void;
  /** Does what takes several times the bytes that are held, as parsing does: no more of it at once than for one largest request. */
  inTurn<T>(work: () => T | Promise<T>): Promise<T>;
  giveBack(): void;
}

/** Bounds what all requests with spans hold between them, however many come at once. */
@Injectable()
export class MemoryBudget {
  #left: number;
  /** In MiB: the semaphore counts through its value, which in bytes would take it milliseconds. */
  readonly #turns: Semaphore;

  constructor(@Inject(LAB_OPTIONS) { maxRequestBytes }: LabOptions) {
    this.#left = LARGEST_AT_ONCE * maxRequestBytes;
    this.#turns = new Semaphore(Math.ceil(maxRequestBytes / MIB));
  }

  share(): Share {
    let held = 0;
    return {
      take: (bytes) => {
        if (bytes > this.#left) {
          throw new ServiceUnavailableException('Many large requests are being read; send this one again later.');
        }
        this.#left -= bytes;
        held += bytes;
      },
      inTurn: (work) =>
        this.#turns.runExclusive(
          async () => {
            try {
              return await work();
            } finally {
              if (held >= LARGE) collectGarbage();
            }
          },
          Math.max(1, Math.ceil(held / MIB)),
        ),
      giveBack: () => {
        this.#left += held;
        held = 0;
      },
    };
  }
}
