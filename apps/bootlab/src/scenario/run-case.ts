import type { ScenarioCase, ScenarioReport } from '@bootlab/scenario';
import type { Level } from '@bootlab/trace-model';
import type { Lab } from '../lab';
import { CaseRun } from './case-run';
import { checkAll } from './check-all';
import { cleanUp } from './clean-up';
import { faultReports, faultWarnings } from './fault-reports';
import { setUp } from './given/set-up';
import type { OwnServers } from './servers/own-servers';
import { runStep } from './steps/run-step';
import { awaitTraces } from './traces';

export interface CaseOptions {
  seed: number;
  level: Level;
  repeat?: number;
  /** Make the traces the references of `shape` when all else holds. */
  updateTraces: boolean;
  /** The lab when it is the worker's own. */
  lab?: Lab;
  /** What the lab runs over, when that is not all built in. */
  servers?: OwnServers;
  /** Whether the lab has nova's services. */
  compute: boolean;
}

type Heading = Omit<ScenarioReport, 'result' | 'seconds' | 'steps' | 'traces' | 'faults' | 'assertions' | 'warnings'>;

/** What is told of a case before it has run. */
export function heading({ scenario, case: values, file }: ScenarioCase, level: Level, repeat?: number): Heading {
  const { name, title, about, tags } = scenario;
  const learn = scenario.learn.map((lesson) => (typeof lesson === 'string' ? { look: lesson } : lesson));
  return { name, title, file, about, learn, tags, level, case: values, repeat };
}

function stepReports(run: CaseRun): ScenarioReport['steps'] {
  return run.results.map(({ name, summary, seconds, outcome }) => ({ name, summary, seconds, outcome }));
}

/** Runs one case in the lab of this process: brings about what is given, does the steps, waits for their traces, judges. */
export async function runCase(loaded: ScenarioCase, options: CaseOptions): Promise<ScenarioReport> {
  const { seed, level, repeat, lab, servers, compute, updateTraces } = options;
  const startedAt = performance.now();
  const run = new CaseRun(loaded, seed, lab, servers);
  const seconds = () => Math.round(performance.now() - startedAt) / 1000;
  const top = heading(loaded, level, repeat);
  try {
    await setUp(run, compute);
    for (const step of loaded.scenario.when) await runStep(run, step);
    const traces = await awaitTraces(run);
    const assertions = await checkAll(run, traces, updateTraces);
    const faults = faultReports(run, traces);
    const result = assertions.every(({ ok }) => ok) ? 'passed' : 'failed';
    const steps = stepReports(run);
    return { ...top, result, seconds: seconds(), steps, traces, faults, assertions, warnings: faultWarnings(faults) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const nothing = { traces: [], faults: [], assertions: [], warnings: [] };
    return { ...top, result: 'broken', reason, seconds: seconds(), steps: stepReports(run), ...nothing };
  } finally {
    await cleanUp(run);
  }
}
