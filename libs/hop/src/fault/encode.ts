import type { BaggageEntry } from '@opentelemetry/api';
import type { Fault, FaultPlan } from './plan';

export const PLAN_KEY = 'bootlab.plan';
export const FAULT_KEY = 'bootlab.fault.';

/** The bounds of W3C baggage; OpenTelemetry drops what lies beyond them without a word. */
const MOST_BYTES = 8192;
const MOST_BYTES_OF_ENTRY = 4096;
const MOST_ENTRIES = 180;

/** The plan does not fit into the baggage of a request. */
export class FaultPlanTooLarge extends Error {
  override readonly name = 'FaultPlanTooLarge';

  constructor(
    what: string,
    readonly bytes: number,
    readonly most: number,
  ) {
    super(`${what} takes ${bytes} bytes of baggage, but ${most} fit: use fewer faults or shorter messages.`);
  }
}

function form(values: object): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
}

function faultText({ hop, kind, ...rest }: Fault): string {
  return form({ hop, kind, ...rest });
}

/** Bytes of the entries as they go over the wire. @throws FaultPlanTooLarge */
export function checkSize(entries: Record<string, BaggageEntry>): void {
  const pairs = Object.entries(entries).map(([key, { value, metadata }]) => {
    const pair = `${encodeURIComponent(key)}=${encodeURIComponent(value)}`;
    return { key, bytes: pair.length + (metadata === undefined ? 0 : 1 + metadata.toString().length) };
  });
  for (const { key, bytes } of pairs) {
    if (bytes > MOST_BYTES_OF_ENTRY) throw new FaultPlanTooLarge(`The entry ${key}`, bytes, MOST_BYTES_OF_ENTRY);
  }
  const bytes = pairs.reduce((sum, pair) => sum + pair.bytes, 0) + Math.max(pairs.length - 1, 0);
  if (bytes > MOST_BYTES) throw new FaultPlanTooLarge('The plan', bytes, MOST_BYTES);
  if (pairs.length > MOST_ENTRIES) {
    throw new FaultPlanTooLarge(`A plan of ${pairs.length} entries, where ${MOST_ENTRIES} may be,`, bytes, MOST_BYTES);
  }
}

/**
 * The plan as baggage: `bootlab.plan`, and `bootlab.fault.<n>` for each fault; each value has the form of a URL's query.
 * @throws FaultPlanTooLarge
 */
export function encodeFaultPlan({ id, seed, deadlineUnixMs, faults }: FaultPlan): Record<string, BaggageEntry> {
  const entries: Record<string, BaggageEntry> = { [PLAN_KEY]: { value: form({ id, seed, deadlineUnixMs }) } };
  faults.forEach((fault, index) => (entries[`${FAULT_KEY}${index}`] = { value: faultText(fault) }));
  checkSize(entries);
  return entries;
}
