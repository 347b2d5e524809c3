import type { ScenarioReport } from '@bootlab/scenario';
import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeExit, LabFolders, readRunRecord, untilServicesGone } from '../../lab';
import { ownEtc } from '../lab/etc';
import type { LabSettings } from '../lab/settings';
import type { FromWorker, RunOrder, ToWorker } from './messages';

const MAIN = join(__dirname, 'main.js');

/** Whatever the surroundings say: a worker finds and is found by what its lab publishes. */
const FREE_PORTS = {
  BOOTLAB_LAB__LAB__PORT: '0',
  BOOTLAB_GLANCE_API__DEFAULT__BIND_PORT: '0',
  BOOTLAB_GLANCE_API__DEFAULT__REGISTRY_PORT: '0',
  BOOTLAB_GLANCE_REGISTRY__DEFAULT__BIND_PORT: '0',
  BOOTLAB_NOVA__DEFAULT__OSAPI_COMPUTE_LISTEN_PORT: '0',
};

export interface WorkerOptions {
  settings: LabSettings;
  /** Home of a running lab to use; a lab of its own in a temporary folder when left out. */
  home?: string;
  /** Whether that lab passes its spans on to a Jaeger when the configuration says so. */
  forward: boolean;
  /** Leave that folder when the worker stops. */
  keep: boolean;
}

/** The worker could not start its lab, or died. */
export class WorkerFailed extends Error {}

/** A process with one lab, in which it runs cases. It leads a process group of its own, so that Ctrl-C reaches the parent alone. */
export class LabWorker {
  readonly home: string;
  /** Resolves once the lab is up. @throws WorkerFailed */
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #waiting = new Map<number, { resolve(report: ScenarioReport): void; reject(error: Error): void }>();
  readonly #ownLab: boolean;

  constructor(private readonly options: WorkerOptions) {
    const { settings, home, forward } = options;
    this.#ownLab = home === undefined;
    this.home = home ?? mkdtempSync(join(tmpdir(), 'bootlab-run-'));
    mkdirSync(this.home, { recursive: true });
    const alone = forward ? {} : { BOOTLAB_LAB__LAB__FORWARD_TO: '' };
    const own = this.#ownLab ? { ...alone, ...settings.env, ...ownEtc(this.home, settings) } : {};
    this.#child = fork(MAIN, [], {
      env: { ...process.env, ...FREE_PORTS, ...own, BOOTLAB_HOME: this.home },
      execArgv: [],
      serialization: 'advanced',
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#exited = once(this.#child, 'exit');
    this.ready = this.#start(settings);
    this.ready.catch(() => undefined);
  }

  get lives(): boolean {
    return this.#child.connected;
  }

  /** @throws WorkerFailed when the worker dies meanwhile, or could not run the case at all */
  async run(order: RunOrder): Promise<ScenarioReport> {
    await this.ready;
    return new Promise((resolve, reject) => {
      this.#waiting.set(order.order, { resolve, reject });
      this.#tell(order);
    });
  }

  /** Stops the lab and the process, and removes the folder unless it is to be kept. */
  async stop(): Promise<void> {
    if (this.#child.connected) this.#tell({ type: 'stop' });
    await this.#exited;
    if (!this.#ownLab) return;
    await untilServicesGone(readRunRecord(new LabFolders(this.home).run));
    if (!this.options.keep) await rm(this.home, { recursive: true, force: true });
  }

  #tell(message: ToWorker): void {
    this.#child.send(message);
  }

  #start(settings: LabSettings): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.on('message', (message: FromWorker) => {
        if (message.type === 'up') resolve();
        else if (message.type === 'failed') reject(new WorkerFailed(message.message));
        else this.#settle(message);
      });
      this.#child.once('exit', (code, signal) => {
        const error = new WorkerFailed(
          `The worker ${describeExit({ code, signal })}${this.options.keep ? `; see ${this.home}` : ''}.`,
        );
        reject(error);
        for (const waiting of this.#waiting.values()) waiting.reject(error);
        this.#waiting.clear();
      });
      this.#child.once('error', reject);
      this.#tell({ type: 'start', ownLab: this.#ownLab, settings });
    });
  }

  #settle(message: Extract<FromWorker, { order: number }>): void {
    const waiting = this.#waiting.get(message.order);
    this.#waiting.delete(message.order);
    if (message.type === 'report') waiting?.resolve(message.report);
    else waiting?.reject(new WorkerFailed(message.message));
  }
}
