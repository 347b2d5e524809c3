import { describeFault, FaultReport, TraceReport } from '@bootlab/scenario';
import type { CaseRun } from './case-run';

const FIRED = 'fault.fired';

/** Every fault of the scenario, and how often it fired in the traces of the steps. */
export function faultReports({ id, scenario }: CaseRun, traces: readonly TraceReport[]): FaultReport[] {
  const fired = traces
    .flatMap(({ spans }) => spans)
    .flatMap(({ events }) => events)
    .filter(({ name, attributes }) => name === FIRED && attributes['fault.plan'] === id);
  return scenario.faults.map((fault, index) => ({
    index,
    hop: fault.at,
    summary: describeFault(fault),
    fired: fired.filter(({ attributes }) => attributes['fault.index'] === index).length,
  }));
}

export function faultWarnings(faults: readonly FaultReport[]): string[] {
  return faults.flatMap(({ summary, fired }) => (fired === 0 ? [`The fault never fired: ${summary}.`] : []));
}
