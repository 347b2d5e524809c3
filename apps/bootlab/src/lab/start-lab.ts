import { labHome } from '@bootlab/openstack';
import { resolve } from 'node:path';
import { checkConfiguration } from './check-configuration';
import type { LabEvent } from './events';
import { LabFolders } from './folders';
import { forgetEndpoints, rotateLogs, untilServicesGone } from './leftovers';
import { isAlive } from './process-identity';
import { LabState, RunFile } from './run-file';
import { LabServiceName, labServices, ServiceSpec } from './services';
import type { ServiceStatus } from './supervised';
import { Supervisor } from './supervisor';

export interface LabOptions {
  /** Where the lab keeps its state. `BOOTLAB_HOME`, else `.bootlab` in the working folder. */
  home?: string;
  /** Set over the environment of this process for every service; undefined takes a variable away. */
  env?: NodeJS.ProcessEnv;
  /** The services to run, in the order in which they start; all of the lab's when left out. */
  services?: ServiceSpec[];
  /** Told of everything that happens to a service. */
  onEvent?: (event: LabEvent) => void;
  /** Stops the lab, also while it still starts. */
  signal?: AbortSignal;
  /** Milliseconds that a service has to stop before it is killed; 10,000 when unset. */
  stopGraceMs?: number;
}

/** A lab that is up. */
export interface Lab {
  /** Absolute. */
  home: string;
  /** Where each service listens now: `http://…` or, for those that take messages, `tcp://…`. */
  readonly urls: Readonly<Record<LabServiceName, string>>;
  readonly services: ServiceStatus[];
  /** Stops a service and starts it again; resolves once it is ready. @throws ServiceFailed */
  restart(service: string): Promise<void>;
  /** Kills a service, which stays away until it is restarted. @throws ServiceFailed when there is no such service */
  kill(service: string): Promise<void>;
  /** Ends every process, compute-api first and the trace store last, so that the last spans arrive. */
  stop(): Promise<void>;
}

/**
 * Starts a whole lab, each service as a process, and resolves once all of them are ready. A service that dies is started again.
 * @throws ConfigError for a mistake in the configuration, AlreadyRunning when the home has a lab, ServiceFailed when a
 * service cannot start; nothing is left running then
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const base: NodeJS.ProcessEnv = { ...process.env, ...options.env };
  const home = resolve(options.home ?? labHome(base));
  const env = { ...base, BOOTLAB_HOME: home };
  checkConfiguration(env);
  const folders = new LabFolders(home);
  folders.make();
  const { file, stale } = RunFile.claim(folders.run);

  const services = options.services ?? labServices(env);
  let state: LabState = 'starting';
  const tell = (event: LabEvent) => options.onEvent?.(event);
  const record = (next: LabState = state) => {
    state = next;
    try {
      file.write(state, supervisor.services);
    } catch (error) {
      tell({ type: 'trouble', message: error instanceof Error ? error.message : String(error) });
    }
  };
  const supervisor = new Supervisor({
    services,
    env,
    stopGraceMs: options.stopGraceMs,
    logFile: (service) => folders.logFile(service),
    onDeath: (pid) => forgetEndpoints(folders.run, (owner) => owner === pid),
    onEvent(event) {
      record();
      tell(event);
    },
  });
  const left = untilServicesGone(stale);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      record('stopping');
      await supervisor.stop();
      // Whoever starts a lab next must not meet them.
      await left.catch(() => undefined);
      file.release();
    })();
    return stopped;
  };
  const { signal } = options;
  signal?.addEventListener('abort', () => void stop());
  if (signal?.aborted) void stop();
  try {
    await left;
    forgetEndpoints(folders.run, (pid) => !isAlive({ pid }));
    rotateLogs(services.map(({ name }) => folders.logFile(name)));
    await supervisor.start();
  } catch (error) {
    await stop();
    throw error;
  }
  record('up');
  return {
    home,
    get urls() {
      return Object.fromEntries(supervisor.services.map(({ name, url }) => [name, url])) as Record<
        LabServiceName,
        string
      >;
    },
    get services() {
      return supervisor.services;
    },
    restart: (service) => supervisor.restart(service),
    kill: (service) => supervisor.kill(service),
    stop,
  };
}
