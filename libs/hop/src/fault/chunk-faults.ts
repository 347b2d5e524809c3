import type { HopScope } from '../scope';
import { firedAttributes, noteFired } from './event';
import type { Firing } from './plan';

/** What truncate and corrupt do to the chunks of one run of a hop. */
export class ChunkFaults {
  #seen = 0;
  #ended = false;

  constructor(
    private readonly scope: HopScope,
    private readonly firings: Firing[],
  ) {}

  /** Whether the chunks end here, though the source has more. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The chunk as the reader gets it; it may be empty once the chunks end. */
  apply(chunk: Buffer): Buffer {
    const from = this.#seen;
    this.#seen += chunk.length;
    return this.firings.reduce((bytes, firing) => this.#hit(firing, bytes, from), chunk);
  }

  #hit(firing: Firing, chunk: Buffer, from: number): Buffer {
    const { kind, bytes = 0 } = firing.fault;
    const at = bytes - from;
    if (kind === 'truncate' && at < chunk.length) {
      this.#ended = true;
      this.#tell(firing, `ended after ${bytes} bytes`);
      return chunk.subarray(0, at);
    }
    if (kind === 'corrupt' && at >= 0 && at < chunk.length) {
      this.#tell(firing, `flipped the byte at offset ${bytes}`);
      // A copy: who gave the chunk may still use it.
      const flipped = Buffer.from(chunk);
      flipped[at]! ^= 0xff;
      return flipped;
    }
    return chunk;
  }

  #tell(firing: Firing, summary: string): void {
    noteFired(this.scope.span, firedAttributes(firing, summary));
  }
}
