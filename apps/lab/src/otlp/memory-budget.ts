import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { LAB_OPTIONS, LabOptions } from '../lab-options';

/** Requests of the largest size that may be in memory at once. Parsed spans take several times their bytes. */
const LARGEST_AT_ONCE = 2;

/** One request's share of the memory. */
export interface Share {
  /** @throws 503 when requests hold too much between them */
  take(bytes: number): void;
  giveBack(): void;
}

/** Bounds what all requests with spans hold between them, however many come at once. */
@Injectable()
export class MemoryBudget {
  #left: number;

  constructor(@Inject(LAB_OPTIONS) { maxRequestBytes }: LabOptions) {
    this.#left = LARGEST_AT_ONCE * maxRequestBytes;
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
      giveBack: () => {
        this.#left += held;
        held = 0;
      },
    };
  }
}
