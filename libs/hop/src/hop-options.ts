import type { Attributes } from '@opentelemetry/api';

/** What a hop puts on its span beside what the catalogue knows. */
export interface HopOptions<Args extends unknown[], Result> {
  /** What came in, from the arguments. Never a secret. */
  in?: (...args: Args) => Attributes;
  /** What was decided, from the result and the arguments. */
  out?: (result: Result, ...args: Args) => Attributes;
  /** The hop of another service that takes over, where it depends on the arguments. */
  next?: (...args: Args) => string | undefined;
  /** Says that this part is simulated, and how. */
  simulated?: string;
}
