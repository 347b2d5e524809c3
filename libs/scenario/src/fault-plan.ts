import { faultableExceptions } from '@bootlab/fault';
import type { Fault, FaultKind, FaultPlan } from '@bootlab/hop';
import type { ScenarioCase } from './load/scenario-case';
import { faultKeys } from './schema/faults';
import type { ScenarioFault } from './schema/scenario';

export function faultKind(fault: ScenarioFault): FaultKind {
  return faultKeys.find((key) => fault[key] !== undefined)!;
}

/** The name that was written, and the dotted one when the hop can raise it. */
export function exceptionOf({ at, error }: ScenarioFault): { name: string; dotted?: string } {
  const name = typeof error === 'string' ? error : (error?.exception ?? '');
  const dotted = faultableExceptions(at).find((each) => each.name === name || each.dotted === name)?.dotted;
  return { name, dotted };
}

function details(fault: ScenarioFault): Partial<Fault> {
  const { delay, error, truncate, corrupt, hang } = fault;
  if (delay !== undefined) return typeof delay === 'number' ? { ms: delay } : { ms: delay.of, jitterMs: delay.jitter };
  if (error !== undefined) {
    const { name, dotted = name } = exceptionOf(fault);
    return { exception: dotted, message: typeof error === 'string' ? undefined : error.message };
  }
  if (typeof hang === 'object') return { forMs: hang.at_most };
  const bytes = truncate ?? corrupt;
  return bytes === undefined ? {} : { bytes };
}

/** A fault of the file as it rides with a request. */
export function toFault(fault: ScenarioFault): Fault {
  const { at, on, times, after, every, probability } = fault;
  const where = typeof on === 'string' ? { service: on } : on;
  const all: Fault = { hop: at, kind: faultKind(fault), ...where, ...details(fault), times, after, every, probability };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as Fault;
}

/** No host is called so. */
const NOWHERE = '-';

/**
 * The plan that a step's requests carry; without a step, every fault. Undefined when nothing is to break. A fault's place in
 * the plan is that in the scenario: one that the step does not carry keeps its place and never fires, since the passages of
 * all steps are counted by place.
 */
export function faultPlanOf(
  { scenario: { faults } }: ScenarioCase,
  { step, ...head }: Omit<FaultPlan, 'faults'> & { step?: string },
): FaultPlan | undefined {
  const carries = ({ steps }: ScenarioFault) => step === undefined || steps === undefined || steps.includes(step);
  if (!faults.some(carries)) return undefined;
  return {
    ...head,
    faults: faults.map((fault) => (carries(fault) ? toFault(fault) : { ...toFault(fault), host: NOWHERE })),
  };
}
