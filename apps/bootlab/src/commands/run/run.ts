import {
  formatProblem,
  renderHtml,
  renderJson,
  renderJunit,
  RunReport,
  ScenarioCase,
  ScenarioReport,
} from '@bootlab/scenario';
import type { Level } from '@bootlab/trace-model';
import { randomInt } from 'node:crypto';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { note, print } from '../../cli/output';
import { writeWholeFile } from '../../cli/whole-file';
import type { Job } from '../../scenario/queue';
import { runJobs } from '../../scenario/run-jobs';
import { selectScenarios } from '../../scenario/select';
import { tracesGoToLab } from '../../tracing/traced';
import { stopSignal } from '../lab/stop-signal';
import { homeOfLab } from './lab-home';
import { LiveProgress } from './live';
import { assertPlace } from './report-place';
import { summary } from './summary';

export interface ReportFile {
  form: 'junit' | 'json' | 'html';
  file: string;
}

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
const GONE = 'The labs are gone, and their traces with them: `--keep`, `--lab` or `--report html=FILE` keeps them.';
const render = { junit: renderJunit, json: renderJson, html: renderHtml };

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

async function* text(whole: string): AsyncGenerator<string> {
  yield await Promise.resolve(whole);
}

async function writeReports(report: RunReport, files: readonly ReportFile[]): Promise<void> {
  const failures: unknown[] = [];
  for (const { form, file } of files) {
    try {
      await writeWholeFile(file, text(render[form](report)));
      note(`${file} has the report.`);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
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
  for (const { file } of options.report ?? []) assertPlace(file);
  assertTraced();
  const home = options.lab === undefined ? undefined : await homeOfLab(options.lab);
  const { signal } = stopSignal();
  const jobs = jobsOf(
    files.flatMap(({ cases }) => cases),
    options,
  );
  const reports: ScenarioReport[] = [];
  const seed = options.seed ?? randomInt(SEEDS);
  const live = new LiveProgress(jobs.length);
  const startedAt = Date.now();
  await runJobs(jobs, {
    parallel: options.jobs,
    seed,
    home,
    keep: options.keep ?? false,
    updateTraces: options.updateTraces ?? false,
    signal,
    onStart: (job) => live.started(job),
    onEnd(job, report) {
      reports[job.order] = report;
      live.ended(job, report);
    },
    onKept: (folder) => note(`Kept ${folder}: \`BOOTLAB_HOME=${folder} bootlab up\` shows its traces again.`),
  });
  live.stop();
  const seconds = (Date.now() - startedAt) / 1000;
  const report = { startedAt: new Date(startedAt).toISOString(), seconds, seed, scenarios: reports.filter(Boolean) };
  for (const line of summary(report)) print(line);
  if (home === undefined && !options.keep && report.scenarios.some(({ traces }) => traces.length > 0)) note(GONE);
  await writeReports(report, options.report ?? []);
  if (!signal.aborted) return exitCodeOf(report);
  note(`Stopped: ${jobs.length - report.scenarios.length} of ${jobs.length} did not run to their end.`);
  return exitCodes.notRunning;
}
