import type { ScenarioReport } from '@bootlab/scenario';
import { LabFolders, readRunRecord } from '../lab';
import type { Group, Job } from './queue';
import { groupsOf, JobQueue } from './queue';
import { heading } from './run-case';
import type { LabSettings } from './lab/settings';
import { whyAbsent } from './servers/absent-servers';
import type { ServerKind } from './servers/known-servers';
import { LabWorker, WorkerFailed } from './worker/lab-worker';

export interface RunJobsOptions {
  /** Cases that run at the same time. */
  parallel: number;
  seed: number;
  /** Home of a running lab that is used instead of labs of their own. */
  home?: string;
  /** Whether labs of their own pass their spans on to a Jaeger when the configuration says so. */
  forward: boolean;
  keep: boolean;
  /** Make the traces of cases that hold otherwise the references. */
  updateTraces: boolean;
  /** Ends everything. */
  signal: AbortSignal;
  onStart(job: Job): void;
  onEnd(job: Job, report: ScenarioReport): Promise<void>;
  /** Told of each folder that is kept. */
  onKept(home: string): void;
}

/** The lab of a group: started for its first job, stopped after its last. */
class GroupLab {
  #worker?: LabWorker;
  #left: number;

  constructor(
    private readonly group: Group,
    private readonly options: RunJobsOptions,
  ) {
    this.#left = group.jobs.length;
  }

  async run({ order, loaded, index, level, repeat }: Job): Promise<ScenarioReport> {
    const { seed, updateTraces } = this.options;
    try {
      return await this.#living().run({
        type: 'run',
        order,
        file: loaded.file,
        index,
        seed,
        level,
        repeat,
        updateTraces,
      });
    } finally {
      this.#left -= 1;
      if (this.#left === 0) await this.stop();
    }
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker === undefined) return;
    await worker.stop();
    if (this.options.keep && this.options.home === undefined) this.options.onKept(worker.home);
  }

  /** A worker that died has left the rest of its jobs to a new one. */
  #living(): LabWorker {
    const { home, forward, keep } = this.options;
    if (this.#worker?.lives === false) {
      void this.#worker.stop();
      this.#worker = undefined;
    }
    return (this.#worker ??= new LabWorker({ settings: this.group.settings, home, forward, keep }));
  }
}

function notRun({ loaded, level, repeat }: Job, result: 'skipped' | 'broken', reason: string): ScenarioReport {
  const nothing = { seconds: 0, steps: [], traces: [], faults: [], assertions: [], warnings: [] };
  return { ...heading(loaded, level, repeat), result, reason, ...nothing };
}

/** Why a running lab does not do for a scenario. */
function whyUnfit(home: string, { own, compute }: LabSettings): string | undefined {
  const services = readRunRecord(new LabFolders(home).run)?.services ?? [];
  const hosts = services.filter(({ name }) => name.startsWith('compute-manager')).length;
  return own ?? (compute && hosts !== 1 ? `it is about one compute host, and that lab has ${hosts}` : undefined);
}

function serversOf({ servers = { hosts: 1 } }: LabSettings): ServerKind[] {
  return [servers.transport, servers.database].filter((kind) => kind !== undefined);
}

/** Runs every job, several at a time. Resolves once all have run or the signal has aborted, and no process is left. */
export async function runJobs(jobs: readonly Job[], options: RunJobsOptions): Promise<void> {
  const { parallel, home, signal, onStart, onEnd } = options;
  const groups = groupsOf(jobs);
  const labs = new Map(groups.map((group) => [group, new GroupLab(group, options)]));
  const shared =
    home === undefined ? undefined : new GroupLab({ settings: { env: {}, compute: true }, jobs: [...jobs] }, options);
  const queue = new JobQueue(groups);
  const stopAll = () =>
    Promise.all([...(shared === undefined ? [] : [shared]), ...labs.values()].map((lab) => lab.stop()));
  const onAbort = () => void stopAll();
  signal.addEventListener('abort', onAbort);

  const work = async () => {
    let last: Group | undefined;
    while (!signal.aborted) {
      const next = queue.take(last);
      if (next === undefined) return;
      const { group, job } = next;
      last = group;
      const unfit = home === undefined ? undefined : whyUnfit(home, group.settings);
      if (unfit !== undefined) {
        await onEnd(job, notRun(job, 'skipped', `It needs a lab of its own: ${unfit}. Run it without --lab.`));
        continue;
      }
      const absent = await whyAbsent(serversOf(group.settings));
      if (absent !== undefined) {
        await onEnd(job, notRun(job, 'skipped', absent));
        continue;
      }
      onStart(job);
      const report = await (shared ?? labs.get(group)!).run(job).catch((error: unknown) => {
        if (!(error instanceof WorkerFailed)) throw error;
        return notRun(job, 'broken', error.message);
      });
      if (!signal.aborted) await onEnd(job, report);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(parallel, jobs.length) }, work));
  } finally {
    signal.removeEventListener('abort', onAbort);
    await stopAll();
  }
}
