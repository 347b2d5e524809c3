import { withFaultPlan } from '@bootlab/hop';
import { OpenStackException } from '@bootlab/openstack';
import { faultPlanOf, NamedStep } from '@bootlab/scenario';
import { Attributes, context } from '@opentelemetry/api';
import { Failure } from '../../cli/failure';
import { traced } from '../../tracing/traced';
import type { CaseRun, HttpResult, StepResult } from '../case-run';

/** What a step leaves behind beyond its name and times. */
export type StepOutcome = Omit<StepResult, 'name' | 'kind' | 'summary' | 'startedAt' | 'seconds'>;

/** Does one step. `step` has its key, with every `${…}` filled in. */
export type StepAction = (run: CaseRun, step: NamedStep) => Promise<StepOutcome>;

export type TracedOutcome<T> = { traceId?: string } & ({ value: T } | { error: unknown });

/** Does work as a trace of its own, whose requests carry the faults that are meant for this step. */
export async function tracedStep<T>(
  run: CaseRun,
  step: NamedStep,
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<TracedOutcome<T>> {
  const deadlineUnixMs = Date.now() + run.scenario.deadline;
  const plan = faultPlanOf(run.loaded, { id: run.id, seed: run.seed, deadlineUnixMs, step: step.as });
  const { traceId, outcome } = await traced(
    name,
    { 'scenario.name': run.scenario.name, 'scenario.step': step.as, ...attributes },
    () => (plan === undefined ? work() : context.with(withFaultPlan(context.active(), plan), work)),
  );
  return { traceId, ...outcome };
}

/** An error of a request as a step's outcome: glance-api's refusal, or nobody's answer. */
export function failedOutcome(traceId: string | undefined, error: unknown): StepOutcome {
  const { message } = error as Error;
  if (!(error instanceof OpenStackException)) return { traceId, outcome: message };
  const http: HttpResult = { status: error.code, message, headers: {} };
  return { traceId, outcome: message.includes(`${error.code}`) ? message : `${error.code}: ${message}`, http };
}

/** A mistake of the scenario that only shows while it runs. */
export function refuse(message: string): never {
  throw new Failure(message);
}
