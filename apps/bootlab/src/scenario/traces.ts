import type { TraceReport } from '@bootlab/scenario';
import { openLink } from '../cloud/deep-link';
import { jaegerUrl } from '../cloud/trace-link';
import { Traces } from '../cloud/traces';
import type { CaseRun, StepResult } from './case-run';

/** How long spans may be on their way once nothing more happens. */
const GRACE_MS = 2_000;

/** Whether the scenario says itself that the trace of a step stays incomplete. */
function staysIncomplete({ scenario }: CaseRun, step: string, first: string | undefined): boolean {
  return scenario.then.some(({ complete, of = first }) => complete !== undefined && complete !== true && of === step);
}

/**
 * Each step's trace as soon as it is complete; at the step's deadline as it is then. A trace that the scenario expects to stay
 * incomplete has no more than the time that spans may be on their way.
 */
export async function awaitTraces(run: CaseRun): Promise<TraceReport[]> {
  const traced = run.results.filter((step): step is StepResult & { traceId: string } => step.traceId !== undefined);
  const first = traced[0]?.name;
  const traces = new Traces();
  return Promise.all(
    traced.map(async ({ name, traceId, startedAt }) => {
      const left = startedAt + run.scenario.deadline - Date.now();
      const wait = staysIncomplete(run, name, first) ? GRACE_MS : Math.max(GRACE_MS, left);
      const { complete, missing, spans } = await traces.complete(traceId, wait / 1000);
      return { of: name, traceId, link: await linkOf(run, traceId), complete, missing, spans };
    }),
  );
}

/** A lab that ends with the run has no page to open the trace in. */
async function linkOf({ lab }: CaseRun, traceId: string): Promise<string | undefined> {
  return lab === undefined || jaegerUrl() !== undefined ? openLink(traceId) : undefined;
}
