import type { ServiceMessage } from '@bootlab/service';
import { ChildProcess, fork } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { describeExit, Exit } from './exit';
import type { ServiceSpec } from './services';
import { within } from './within';

/** A service that could not start; the message is one sentence for the user. */
export class ServiceFailed extends Error {}

/**
 * One run of a service as a process of its own. What it writes goes straight to its log file. It leads a process group of
 * its own, so that Ctrl-C in a terminal reaches the supervisor alone, and ends by itself when the supervisor is gone.
 */
export class ServiceProcess {
  readonly pid: number;
  /** The URL it serves at. Rejects with {@link ServiceFailed} when it ends before it is ready. */
  readonly ready: Promise<string>;
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  #warnedAt = -Infinity;

  /** @param onWarning told what it warns of while it starts */
  constructor(
    readonly spec: ServiceSpec,
    env: NodeJS.ProcessEnv,
    logFile: string,
    onWarning: (message: string) => void,
  ) {
    if (!existsSync(spec.script)) throw new ServiceFailed(`${spec.script} is missing: run \`npm run build\` first.`);
    const log = openSync(logFile, 'a');
    try {
      this.#child = fork(spec.script, [], {
        env,
        execArgv: [...(spec.nodeOptions ?? [])],
        detached: true,
        stdio: ['ignore', log, log, 'ipc'],
      });
    } finally {
      closeSync(log);
    }
    this.pid = this.#child.pid ?? 0;
    let message: string | undefined;
    const url = new Promise<string>((resolve) => {
      this.#child.on('message', (said: ServiceMessage) => {
        if (said.type === 'ready') resolve(said.url);
        else if (said.type === 'failed') message = said.message;
        else {
          this.#warnedAt = performance.now();
          onWarning(said.message);
        }
      });
    });
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ code, signal, message }));
      this.#child.once('error', (error) => resolve({ code: null, signal: null, message: error.message }));
    });
    const failed = this.exited.then((exit): never => {
      throw new ServiceFailed(
        reason(spec.name, exit) ??
          `${spec.name} ${describeExit(exit)} while it started; the end of ${logFile} says why.`,
      );
    });
    this.ready = Promise.race([url, failed]);
    this.ready.catch(() => undefined);
  }

  /** Whether it warned within the last `ms` milliseconds: it may wait for a server, and is alive. */
  warned(ms: number): boolean {
    return performance.now() - this.#warnedAt < ms;
  }

  /**
   * Asks it to stop and waits until it is gone; kills it after `graceMs`.
   * @returns whether it had to be killed
   */
  async stop(graceMs: number): Promise<boolean> {
    this.#child.kill('SIGTERM');
    if (await within(graceMs, this.exited)) return false;
    this.#child.kill('SIGKILL');
    await this.exited;
    return true;
  }
}

/** What a service said of its failure, with its name unless it said that itself. */
function reason(service: string, { message }: Exit): string | undefined {
  if (message === undefined || message.startsWith(service)) return message;
  return `${service} cannot start: ${message}`;
}
