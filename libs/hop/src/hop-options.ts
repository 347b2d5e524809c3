import type { Attributes } from '@opentelemetry/api';

/** What a hop puts on its span beside what the catalogue knows. */
export interface HopOptions<Args extends unknown[], Result> {
  /** What came in, from the arguments. Never a secret. */
  in?: (...args: Args) => Attributes;
  /** What was decided, from the result and the arguments. */
  out?: (result: Result, ...args: Args) => Attributes;
  /** The hop of another service that takes over, where it depends on the arguments. */
  next?: (...args: Args) => string | undefined;
  /**
   * What the original's decorators do around the function; `this` is the player. It runs inside the span, and a fault that is
   * meant for the hop strikes inside it. For hops with a pause only.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the class of the decorated method, which is not known here
  around?: (this: any, work: () => Promise<Result>, ...args: Args) => Promise<Result>;
  /** Says that this part is simulated, and how. */
  simulated?: string;
}
