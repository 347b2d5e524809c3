import type { Baggage } from '@opentelemetry/api';
import { FAULT_KEY, PLAN_KEY } from './encode';
import { numberFields } from './fields';
import type { Fault, FaultPlan } from './plan';
import { faultProblem } from './problem';

const LARGEST_SEED = 0xffffffff;
const PLAN_FIELDS = ['id', 'seed', 'deadlineUnixMs'];

/** @throws Error for a name that stands there twice */
function values(text: string): Record<string, string> {
  const found: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in found) throw new Error(`${name} stands there twice; give it once.`);
    found[name] = value;
  }
  return found;
}

function decodeFault(text: string): Fault {
  const fault = Object.fromEntries(
    Object.entries(values(text)).map(([name, value]) => [
      name,
      name in numberFields ? (value.trim() === '' ? NaN : Number(value)) : value,
    ]),
  ) as unknown as Fault;
  const problem = faultProblem({ ...fault, hop: fault.hop ?? '' });
  if (problem !== undefined) throw new Error(problem);
  return fault;
}

/**
 * The plan a baggage carries; undefined when there is none.
 * @throws Error with what is wrong, for a plan made by hand
 */
export function decodeFaultPlan(baggage: Baggage): FaultPlan | undefined {
  const head = baggage.getEntry(PLAN_KEY);
  const texts = baggage
    .getAllEntries()
    .flatMap(([key, { value }]) => (key.startsWith(FAULT_KEY) ? [{ at: key.slice(FAULT_KEY.length), value }] : []));
  if (!head) {
    if (texts.length > 0) throw new Error(`There are faults but no ${PLAN_KEY}; add ${PLAN_KEY}=id=NAME.`);
    return undefined;
  }
  const { id = '', seed = '0', deadlineUnixMs, ...rest } = values(head.value);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new Error(`${PLAN_KEY} takes no ${unknown}, only ${PLAN_FIELDS.join(', ')}.`);
  if (id === '') throw new Error(`${PLAN_KEY} needs an id; write ${PLAN_KEY}=id=NAME.`);
  if (!/^\d+$/.test(seed) || Number(seed) > LARGEST_SEED) {
    throw new Error(`seed must be a whole number from 0 to ${LARGEST_SEED}.`);
  }
  if (deadlineUnixMs !== undefined && !/^\d{1,16}$/.test(deadlineUnixMs)) {
    throw new Error('deadlineUnixMs must be a whole number: milliseconds since 1970.');
  }
  const faults = texts.map((_, index) => {
    const text = texts.find(({ at }) => at === String(index));
    if (!text) throw new Error(`${FAULT_KEY}${index} is missing; number the faults from 0 without gaps.`);
    return decodeFault(text.value);
  });
  return {
    id,
    seed: Number(seed),
    deadlineUnixMs: deadlineUnixMs === undefined ? undefined : Number(deadlineUnixMs),
    faults,
  };
}
