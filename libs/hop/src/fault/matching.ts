import { Baggage, Context, propagation } from '@opentelemetry/api';
import { FaultActions, faultActions } from './actions';
import { decodeFaultPlan } from './decode';
import { pass } from './passages';
import type { FaultKind, FaultPlan, Firing } from './plan';

/** The faults of a plan that can fire in this process: hop id → places in the plan. */
interface ReadPlan {
  plan: FaultPlan;
  byHop: ReadonlyMap<string, number[]>;
}

const read = new WeakMap<Baggage, ReadPlan | { plan?: undefined }>();
const ending: readonly FaultKind[] = ['error', 'hang', 'kill'];

function readPlan(baggage: Baggage, actions: FaultActions): ReadPlan | { plan?: undefined } {
  try {
    const plan = decodeFaultPlan(baggage);
    if (!plan) return {};
    const byHop = new Map<string, number[]>();
    plan.faults.forEach(({ hop, exception, service = actions.service, host = actions.host }, index) => {
      if (exception !== undefined && !actions.exception(exception))
        throw new Error(`There is no exception ${exception}.`);
      if (service !== actions.service || host !== actions.host) return;
      byHop.set(hop, [...(byHop.get(hop) ?? []), index]);
    });
    return { plan, byHop };
  } catch (error) {
    actions.warn(`The fault plan in the request's baggage is ignored: ${(error as Error).message}`);
    return {};
  }
}

/**
 * The faults that fire at this passage of the hop, in the order of the plan, up to the first that ends the hop.
 * Undefined when no fault is meant for the hop.
 */
export function firingsAt(hopId: string, context: Context): Firing[] | undefined {
  const actions = faultActions();
  if (!actions) return undefined;
  const baggage = propagation.getBaggage(context);
  if (!baggage) return undefined;
  let known = read.get(baggage);
  if (!known) read.set(baggage, (known = readPlan(baggage, actions)));
  if (!known.plan) return undefined;
  const indices = known.byHop.get(hopId);
  if (!indices) return undefined;
  const firings: Firing[] = [];
  for (const index of indices) {
    const firing = pass(known.plan, index);
    if (!firing) continue;
    firings.push(firing);
    if (ending.includes(firing.fault.kind)) break;
  }
  return firings;
}
