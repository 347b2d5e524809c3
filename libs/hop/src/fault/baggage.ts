import { Context, propagation } from '@opentelemetry/api';
import { checkSize, encodeFaultPlan, FAULT_KEY, PLAN_KEY } from './encode';
import type { FaultPlan } from './plan';

function isFaultKey(key: string): boolean {
  return key === PLAN_KEY || key.startsWith(FAULT_KEY);
}

/** Puts the plan into the baggage, in the place of one that is there. @throws FaultPlanTooLarge */
export function withFaultPlan(context: Context, plan: FaultPlan): Context {
  const others = propagation.getBaggage(context)?.getAllEntries() ?? [];
  const entries = {
    ...Object.fromEntries(others.filter(([key]) => !isFaultKey(key))),
    ...encodeFaultPlan(plan),
  };
  checkSize(entries);
  return propagation.setBaggage(context, propagation.createBaggage(entries));
}

/** Takes the plan out of the baggage, for a request that leaves the lab. */
export function withoutFaultPlan(context: Context): Context {
  const baggage = propagation.getBaggage(context);
  if (!baggage) return context;
  const keys = baggage.getAllEntries().flatMap(([key]) => (isFaultKey(key) ? [key] : []));
  return keys.length === 0 ? context : propagation.setBaggage(context, baggage.removeEntries(...keys));
}
