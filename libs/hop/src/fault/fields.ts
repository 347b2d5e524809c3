import type { Fault, FaultKind } from './plan';

type Field = Exclude<keyof Fault, 'hop' | 'kind'>;

interface NumberField {
  least: number;
  most: number;
  whole: boolean;
}

const LONGEST_MS = 600_000;
const LARGEST = Number.MAX_SAFE_INTEGER;
const milliseconds = { least: 0, most: LONGEST_MS, whole: false };

/** The fields that are numbers, with their bounds. */
export const numberFields: Readonly<Partial<Record<Field, NumberField>>> = {
  ms: milliseconds,
  jitterMs: milliseconds,
  forMs: milliseconds,
  bytes: { least: 0, most: LARGEST, whole: true },
  times: { least: 1, most: LARGEST, whole: true },
  after: { least: 0, most: LARGEST, whole: true },
  every: { least: 1, most: LARGEST, whole: true },
  probability: { least: 0, most: 1, whole: false },
};

/** What a fault of any kind may say. */
export const commonFields: readonly Field[] = ['service', 'host', 'times', 'after', 'every', 'probability'];

/** What a fault of that kind must and may say besides. */
export const kindFields: Readonly<Record<FaultKind, { must: readonly Field[]; may: readonly Field[] }>> = {
  delay: { must: ['ms'], may: ['jitterMs'] },
  error: { must: ['exception'], may: ['message'] },
  truncate: { must: ['bytes'], may: [] },
  corrupt: { must: ['bytes'], may: [] },
  hang: { must: [], may: ['forMs'] },
  drop: { must: [], may: [] },
  kill: { must: [], may: [] },
};
