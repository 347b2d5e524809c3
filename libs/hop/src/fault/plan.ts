export const faultKinds = ['delay', 'error', 'truncate', 'corrupt', 'hang', 'drop', 'kill'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Something that goes wrong at one hop, and at which of its passages. */
export interface Fault {
  /** Full id of the hop. */
  hop: string;
  /** Only in this service. */
  service?: string;
  /** Only on this host. */
  host?: string;
  kind: FaultKind;
  /** delay: milliseconds. */
  ms?: number;
  /** delay: up to so many milliseconds more or less, decided by the seed. */
  jitterMs?: number;
  /** error: dotted, e.g. `nova.exception.ImageNotFound`. */
  exception?: string;
  /** error: instead of the message that the exception has by itself. */
  message?: string;
  /** truncate: bytes that still pass. corrupt: offset of the byte that is flipped, from 0. */
  bytes?: number;
  /** hang: at most so many milliseconds. */
  forMs?: number;
  /** Fires at most so often. */
  times?: number;
  /** Lets the first so many passages go by. */
  after?: number;
  /** Then fires at each so many-th passage, the first one included. */
  every?: number;
  /** 0 to 1: how likely each of these is, decided by the seed. */
  probability?: number;
}

/** The faults of one request. The requests that carry the same `id` share the count of passages. */
export interface FaultPlan {
  id: string;
  /** Whole number from 0 to 4294967295: the same seed gives the same firings. */
  seed: number;
  /** When a hang ends, in milliseconds since 1970. */
  deadlineUnixMs?: number;
  faults: Fault[];
}

/** A fault that fires at this passage. */
export interface Firing {
  plan: FaultPlan;
  fault: Fault;
  /** Its place in the plan, from 0. */
  index: number;
  /** Which passage of the hop this is, from 0. */
  passage: number;
}
