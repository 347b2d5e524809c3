import { chance } from './chance';
import type { FaultPlan, Firing } from './plan';

/** Plans whose passages are remembered; beyond that the longest unused one is forgotten. */
const MOST_PLANS = 256;

interface Count {
  passages: number;
  firings: number;
}

const counts = new Map<string, Map<number, Count>>();

function countOf(planId: string, index: number): Count {
  const ofPlan = counts.get(planId) ?? new Map<number, Count>();
  counts.delete(planId);
  counts.set(planId, ofPlan);
  const [oldest] = counts.keys();
  if (counts.size > MOST_PLANS && oldest !== undefined) counts.delete(oldest);
  const count = ofPlan.get(index) ?? { passages: 0, firings: 0 };
  ofPlan.set(index, count);
  return count;
}

/** Counts one passage of a fault's hop in this process; gives the firing when the fault fires at it. */
export function pass(plan: FaultPlan, index: number): Firing | undefined {
  const fault = plan.faults[index]!;
  const { after = 0, every = 1, times = Infinity, probability = 1 } = fault;
  const count = countOf(plan.id, index);
  const passage = count.passages++;
  if (passage < after || (passage - after) % every !== 0 || count.firings >= times) return undefined;
  if (probability < 1 && chance(plan.seed, index, passage) >= probability) return undefined;
  count.firings++;
  return { plan, fault, index, passage };
}
