import { Semaphore } from 'async-mutex';
import { availableParallelism } from 'node:os';
import type { LabEvent } from './events';
import { describeExit, Exit } from './exit';
import { ServiceFailed, ServiceProcess } from './service-process';
import type { ServiceSpec } from './services';
import { ServiceStatus, Supervised } from './supervised';
import { within } from './within';

const START_TIMEOUT_MS = 30_000;
const STOP_GRACE_MS = 10_000;

export interface SupervisorOptions {
  /** In the order in which they start. */
  services: ServiceSpec[];
  env: NodeJS.ProcessEnv;
  /** Milliseconds that a service has to stop before it is killed; 10,000 when unset. */
  stopGraceMs?: number;
  /** The log file of a service. */
  logFile(service: string): string;
  /** Told of every change, after the state has changed. */
  onEvent(event: LabEvent): void;
  /** Called for a process that died, before its service starts again. */
  onDeath(pid: number): void;
}

/** Starts services as processes, keeps them up, and stops them in the opposite order. */
export class Supervisor {
  readonly #services: Supervised[];
  #stopping?: Promise<void>;

  constructor(private readonly options: SupervisorOptions) {
    this.#services = options.services.map((spec) => new Supervised(spec));
  }

  get services(): ServiceStatus[] {
    return this.#services.map(({ status }) => status);
  }

  /**
   * Resolves once every service is ready. No more start at once than there are processors, since a start is nearly all
   * computing.
   * @throws ServiceFailed with the first failure, once the services that had started have stopped
   */
  async start(): Promise<void> {
    const processors = new Semaphore(Math.max(2, availableParallelism()));
    const started = new Map<string, Promise<void>>();
    for (const service of this.#services) {
      const before = Promise.all(service.spec.after.flatMap((name) => started.get(name) ?? []));
      const start = before.then(() => processors.runExclusive(() => this.#first(service)));
      start.catch(() => undefined);
      started.set(service.spec.name, start);
    }
    try {
      await Promise.all(started.values());
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Stops every service, the last started first. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  #first(service: Supervised): Promise<void> {
    return service.spec.optional ? this.#relaunch(service) : this.#launch(service);
  }

  /**
   * Stops a service and starts it again, on the port it had; one that died and is on its way back is only waited for.
   * @throws ServiceFailed when it does not come up
   */
  async restart(name: string): Promise<void> {
    const service = this.#named(name);
    clearTimeout(service.restart);
    const run = service.process;
    if (run !== undefined && service.state !== 'up') {
      await run.ready;
      return;
    }
    if (run !== undefined) {
      service.process = undefined;
      service.state = 'restarting';
      const killed = await run.stop(this.options.stopGraceMs ?? STOP_GRACE_MS);
      this.options.onDeath(run.pid);
      this.options.onEvent({ type: 'stopped', service: name, killed });
    }
    await this.#launch(service);
  }

  /** Kills a service, which stays away until it is restarted. @throws ServiceFailed when there is no such service */
  async kill(name: string): Promise<void> {
    const service = this.#named(name);
    clearTimeout(service.restart);
    const run = service.process;
    service.process = undefined;
    service.state = 'stopped';
    if (run === undefined) return;
    const killed = await run.stop(0);
    this.options.onDeath(run.pid);
    this.options.onEvent({ type: 'stopped', service: name, killed });
  }

  #named(name: string): Supervised {
    const service = this.#services.find(({ spec }) => spec.name === name);
    if (service !== undefined) return service;
    throw new ServiceFailed(
      `There is no service ${name}; there are ${this.#services.map(({ spec }) => spec.name).join(', ')}.`,
    );
  }

  async #launch(service: Supervised): Promise<void> {
    if (this.#stopping) throw new ServiceFailed(`The lab was stopped before ${service.spec.name} had started.`);
    const { name } = service.spec;
    const startedAt = Date.now();
    const again = service.url !== undefined;
    const onWarning = (message: string) => this.options.onEvent({ type: 'warning', service: name, message });
    const env = service.environment(this.options.env);
    const run = new ServiceProcess(service.spec, env, this.options.logFile(name), onWarning);
    service.process = run;
    service.state = again ? 'restarting' : 'starting';
    this.options.onEvent({ type: 'starting', service: name, pid: run.pid });
    while (!(await within(START_TIMEOUT_MS, run.ready))) {
      if (run.warned(2 * START_TIMEOUT_MS)) continue;
      await run.stop(0);
      throw new ServiceFailed(
        `${name} was not ready within ${START_TIMEOUT_MS / 1000} s; the end of ${this.options.logFile(name)} says why.`,
      );
    }
    const url = await run.ready;
    service.url = url;
    service.state = 'up';
    void run.exited.then((exit) => {
      if (service.process === run) this.#died(service, run.pid, exit);
    });
    this.options.onEvent({ type: 'ready', service: name, pid: run.pid, url, afterMs: Date.now() - startedAt, again });
  }

  #died(service: Supervised, pid: number, exit: Exit): void {
    if (this.#stopping) return;
    service.process = undefined;
    service.lastExit = describeExit(exit);
    const restartInMs = service.policy.next(Date.now());
    service.state = restartInMs === undefined ? 'failed' : 'restarting';
    this.options.onDeath(pid);
    this.options.onEvent({ type: 'died', service: service.spec.name, pid, exit, restartInMs });
    if (restartInMs === undefined) return;
    service.restart = setTimeout(() => void this.#relaunch(service), restartInMs);
  }

  async #relaunch(service: Supervised): Promise<void> {
    try {
      await this.#launch(service);
    } catch (error) {
      const end = (await service.process?.exited) ?? { code: null, signal: null };
      const message = error instanceof Error ? error.message : String(error);
      this.#died(service, service.process?.pid ?? 0, { ...end, message });
    }
  }

  async #stopAll(): Promise<void> {
    for (const { restart } of this.#services) clearTimeout(restart);
    for (const service of this.#services.toReversed()) {
      const killed = (await service.process?.stop(this.options.stopGraceMs ?? STOP_GRACE_MS)) ?? false;
      const ran = service.process !== undefined;
      service.process = undefined;
      service.state = 'stopped';
      if (ran) this.options.onEvent({ type: 'stopped', service: service.spec.name, killed });
    }
  }
}
