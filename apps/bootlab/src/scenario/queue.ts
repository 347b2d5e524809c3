import type { ScenarioCase } from '@bootlab/scenario';
import type { Level } from '@bootlab/trace-model';
import { LabSettings, labSettings } from './lab/settings';

/** One run of one case that is to be done. */
export interface Job {
  loaded: ScenarioCase;
  /** Which case of its file, from 0. */
  index: number;
  /** From 1, when the run is repeated. */
  repeat?: number;
  /** Place in the report. */
  order: number;
  level: Level;
}

/** Jobs that run in the same lab. */
export interface Group {
  settings: LabSettings;
  jobs: Job[];
}

/** Puts the jobs together whose labs may be the same one; the largest group first, since it takes longest. */
export function groupsOf(jobs: readonly Job[]): Group[] {
  const groups = new Map<string, Group>();
  for (const job of jobs) {
    const settings = labSettings(job.loaded, job.level);
    const { env, servers, policy, propertyProtections, alone } = settings;
    const key = JSON.stringify([env, servers, policy, propertyProtections, alone === undefined ? 'shared' : job.order]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { settings, jobs: [job] });
    else {
      group.jobs.push(job);
      group.settings = { ...group.settings, compute: group.settings.compute || settings.compute };
    }
  }
  return [...groups.values()].sort((one, other) => other.jobs.length - one.jobs.length);
}

/** Hands out jobs so that few labs are up at the same time and none waits for work while there is some. */
export class JobQueue {
  readonly #left: Map<Group, Job[]>;
  readonly #started = new Set<Group>();

  constructor(groups: readonly Group[]) {
    this.#left = new Map(groups.map((group) => [group, [...group.jobs]]));
  }

  /** The next job: of the group that one worked for last, else of a group that nobody has begun, else of any. */
  take(last: Group | undefined): { group: Group; job: Job } | undefined {
    const open = [...this.#left].flatMap(([group, jobs]) => (jobs.length > 0 ? [group] : []));
    const group = open.find((one) => one === last) ?? open.find((one) => !this.#started.has(one)) ?? open[0];
    if (group === undefined) return undefined;
    this.#started.add(group);
    return { group, job: this.#left.get(group)!.shift()! };
  }
}
