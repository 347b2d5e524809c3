import { hopId } from '@bootlab/trace-model';
import { setTimeout as pause } from 'node:timers/promises';
import { Traces } from '../../cloud/traces';
import type { CaseRun } from '../case-run';
import type { StepAction } from './step';

const LOOK_EVERY_MS = 200;
const NEWEST = 50;

async function find(run: CaseRun, traces: Traces, hop: string): Promise<string | undefined> {
  const name = hop.slice(hop.lastIndexOf('.') + 1);
  const ours = new Set(run.results.map(({ traceId }) => traceId));
  const since = BigInt(run.startedAt) * 1_000_000n;
  for (const { traceId, startTimeUnixNano } of await traces.list({ limit: NEWEST, name })) {
    if (ours.has(traceId) || BigInt(startTimeUnixNano) < since) continue;
    const spans = await traces.spans(traceId);
    if (spans.some(({ attributes }) => hopId(attributes) === hop)) return traceId;
  }
  return undefined;
}

/** Waits for a trace that a service began by itself, such as that of a compute host which starts again. */
export const findTrace: StepAction = async (run, step) => {
  const { hop } = step.find_trace!;
  const traces = new Traces();
  const deadline = performance.now() + run.scenario.deadline;
  for (;;) {
    const traceId = await find(run, traces, hop);
    if (traceId !== undefined) return { traceId, outcome: 'found' };
    if (performance.now() >= deadline) return { outcome: `no trace with ${hop} at the deadline` };
    await pause(LOOK_EVERY_MS);
  }
};
