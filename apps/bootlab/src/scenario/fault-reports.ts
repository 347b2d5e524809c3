import { describeFault, FaultReport, faultPlanOf, TraceReport } from '@bootlab/scenario';
import type { CaseRun } from './case-run';

const FIRED = 'fault.fired';

/** Places in the scenario's list of the faults that fired in one trace, one for each firing. */
function firings(run: CaseRun, { of, spans }: TraceReport): (number | undefined)[] {
  const plan = faultPlanOf(run.loaded, { id: run.id, seed: run.seed, step: of });
  return spans
    .flatMap(({ events }) => events)
    .filter(({ name, attributes }) => name === FIRED && attributes['fault.plan'] === run.id)
    .map(({ attributes }) => plan?.indexes[Number(attributes['fault.index'])]);
}

/** Every fault of the scenario, and how often it fired in the traces of the steps. */
export function faultReports(run: CaseRun, traces: readonly TraceReport[]): FaultReport[] {
  const fired = traces.flatMap((trace) => firings(run, trace));
  return run.scenario.faults.map((fault, index) => ({
    index,
    hop: fault.at,
    summary: describeFault(fault),
    fired: fired.filter((place) => place === index).length,
  }));
}

export function faultWarnings(faults: readonly FaultReport[]): string[] {
  return faults.flatMap(({ summary, fired }) => (fired === 0 ? [`The fault never fired: ${summary}.`] : []));
}
