import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unwritable } from './folders';
import { identify, isAlive, ProcessIdentity } from './process-identity';
import type { ServiceStatus } from './supervised';

export type LabState = 'starting' | 'up' | 'stopping';

/** What `<home>/run/supervisor.json` says: who supervises, since when, and the services. */
export interface RunRecord extends ProcessIdentity {
  /** ISO 8601. */
  startedAt: string;
  state: LabState;
  services: ServiceStatus[];
}

/** Another lab runs in this home. */
export class AlreadyRunning extends Error {
  constructor(
    readonly pid: number,
    folder: string,
  ) {
    super(
      `A lab already runs in ${dirname(folder)} (pid ${pid}): stop it with \`bootlab down\`, or set BOOTLAB_HOME to another folder.`,
    );
  }
}

const NAME = 'supervisor.json';

/** The record in a run folder, whether its supervisor lives or not; undefined when there is none that can be read. */
export function readRunRecord(folder: string): RunRecord | undefined {
  return readRecord(join(folder, NAME));
}

function readRecord(path: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as RunRecord;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The record of the lab that runs now; undefined when none does. */
export function runningLab(folder: string): RunRecord | undefined {
  const record = readRunRecord(folder);
  return record !== undefined && isAlive(record) ? record : undefined;
}

/** `<home>/run/supervisor.json` as its supervisor writes it. Having it is what makes a process the only supervisor of a home. */
export class RunFile {
  readonly #path: string;
  readonly #self = { ...identify(process.pid), startedAt: new Date().toISOString() };

  private constructor(readonly folder: string) {
    this.#path = join(folder, NAME);
  }

  /**
   * Takes the home for this process.
   * @returns the file, and the record of a supervisor that died without removing it
   * @throws AlreadyRunning when another process has it
   */
  static claim(folder: string): { file: RunFile; stale?: RunRecord } {
    const file = new RunFile(folder);
    const stale = file.#take();
    return { file, stale };
  }

  write(state: LabState, services: ServiceStatus[]): void {
    renameSync(this.#writeBeside({ ...this.#self, state, services }), this.#path);
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }

  #take(): RunRecord | undefined {
    const own = this.#writeBeside({ ...this.#self, state: 'starting', services: [] });
    try {
      if (this.#link(own)) return undefined;
      this.#refuseIfAlive(readRecord(this.#path));
      const stale = this.#moveStaleAway();
      if (!this.#link(own)) this.#refuseIfAlive(readRecord(this.#path));
      return stale;
    } finally {
      rmSync(own, { force: true });
    }
  }

  #refuseIfAlive(record: RunRecord | undefined): void {
    if (record !== undefined && isAlive(record)) throw new AlreadyRunning(record.pid, this.folder);
  }

  /** A link appears whole or not at all, and only where nothing is. */
  #link(own: string): boolean {
    try {
      linkSync(own, this.#path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw unwritable(this.folder, error);
    }
  }

  /** Judged again once moved: when two come at once, the second may have moved the first one's fresh file. */
  #moveStaleAway(): RunRecord | undefined {
    const aside = `${this.#path}.${process.pid}.stale`;
    try {
      renameSync(this.#path, aside);
      const record = readRecord(aside);
      if (record !== undefined && isAlive(record)) linkSync(aside, this.#path);
      this.#refuseIfAlive(record);
      return record;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    } finally {
      rmSync(aside, { force: true });
    }
  }

  #writeBeside(record: RunRecord): string {
    const partial = `${this.#path}.${process.pid}.part`;
    try {
      writeFileSync(partial, `${JSON.stringify(record, undefined, 2)}\n`);
    } catch (error) {
      throw unwritable(this.folder, error);
    }
    return partial;
  }
}
