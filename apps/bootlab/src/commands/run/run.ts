import { formatProblem, RunReport, ScenarioCase, ScenarioReport } from '@bootlab/scenario';
import type { Level } from '@bootlab/trace-model';
import { randomInt } from 'node:crypto';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { note, print } from '../../cli/output';
import type { Job } from '../../scenario/queue';
import { runJobs } from '../../scenario/run-jobs';
import { selectScenarios } from '../../scenario/select';
import { tracesGoToLab } from '../../tracing/traced';
import { stopSignal } from '../lab/stop-signal';
import { homeOfLab } from './lab-home';
import { LiveProgress } from './live';
import { htmlFile, ReportFile, reportFiles, writeReports } from './report-files';
import { assertPlace } from './report-place';
import { summary } from './summary';
import { tracePlace } from './trace-place';

export interface RunOptions {
  jobs: number;
  keep?: boolean;
  level?: Level;
  repeat: number;
  seed?: number;
  report?: ReportFile[];
  updateTraces?: boolean;
  lab?: string;
}

const SEEDS = 2 ** 32;

function jobsOf(cases: readonly ScenarioCase[], { repeat, level }: RunOptions): Job[] {
  const indexes = new Map<string, number>();
  const runs = cases.flatMap((loaded) => {
    const index = indexes.get(loaded.file) ?? 0;
    indexes.set(loaded.file, index + 1);
    const job = { loaded, index, level: level ?? loaded.scenario.level };
    return Array.from({ length: repeat }, (_, times) => (repeat === 1 ? job : { ...job, repeat: times + 1 }));
  });
  return runs.map((job, order) => ({ ...job, order }));
}

function exitCodeOf({ scenarios }: RunReport): ExitCode {
  if (scenarios.some(({ result }) => result === 'broken')) return exitCodes.notRunning;
  return scenarios.some(({ result }) => result === 'failed') ? exitCodes.failed : exitCodes.ok;
}

function assertTraced(): void {
  if (tracesGoToLab()) return;
  throw new Failure(
    "A scenario is judged by its trace in the lab's own store, and OTEL_… variables lead it elsewhere: unset OTEL_TRACES_EXPORTER and OTEL_EXPORTER_OTLP_ENDPOINT.",
    exitCodes.notRunning,
  );
}

/** Runs scenarios and tells what held. */
export async function run(what: string[], options: RunOptions): Promise<ExitCode> {
  const files = selectScenarios(what);
  const problems = files.flatMap((file) => file.problems);
  if (problems.length > 0) {
    for (const problem of problems) note(formatProblem(problem));
    return exitCodes.usage;
  }
  assertTraced();
  const { report: asked = [] } = options;
  const home = options.lab === undefined ? undefined : await homeOfLab(options.lab);
  const place = home === undefined ? tracePlace(htmlFile(asked)) : undefined;
  const wanted = reportFiles(asked, place?.page);
  for (const { file } of wanted) assertPlace(file);
  const { signal } = stopSignal();
  const jobs = jobsOf(
    files.flatMap(({ cases }) => cases),
    options,
  );
  const reports: ScenarioReport[] = [];
  const seed = options.seed ?? randomInt(SEEDS);
  const live = new LiveProgress(jobs.length);
  const startedAt = Date.now();
  try {
    await runJobs(jobs, {
      parallel: options.jobs,
      seed,
      home,
      forward: place?.labsForward ?? true,
      keep: options.keep ?? false,
      updateTraces: options.updateTraces ?? false,
      signal,
      onStart: (job) => live.started(job),
      async onEnd(job, report) {
        await place?.keep(report);
        reports[job.order] = report;
        live.ended(job, report);
      },
      onKept: (folder) => note(`Kept ${folder}: \`BOOTLAB_HOME=${folder} bootlab up\` shows its traces again.`),
    });
  } catch (error) {
    // What nobody foresaw is no assertion that does not hold.
    throw error instanceof Failure
      ? error
      : new Failure((error as Error).message, exitCodes.notRunning, { cause: error });
  } finally {
    live.stop();
  }
  const seconds = (Date.now() - startedAt) / 1000;
  const report = { startedAt: new Date(startedAt).toISOString(), seconds, seed, scenarios: reports.filter(Boolean) };
  for (const line of summary(report)) print(line);
  await writeReports(report, wanted);
  if (!signal.aborted) return exitCodeOf(report);
  note(`Stopped: ${jobs.length - report.scenarios.length} of ${jobs.length} did not run to their end.`);
  return exitCodes.notRunning;
}
