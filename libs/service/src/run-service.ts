import { turnOnFaults } from '@bootlab/fault';
import { ConfigError, labConf, loadConf, strayVariables } from '@bootlab/openstack';
import { LabLogger, startTracing } from '@bootlab/tracing';
import { hostname } from 'node:os';

/** What a service hands back once it serves: where it listens, and how to stop it. */
export interface Running {
  url: string;
  close(): Promise<void>;
}

/** What a service tells the process that started it, over IPC. */
export type ServiceMessage =
  | { type: 'ready'; url: string }
  | { type: 'failed'; message: string }
  /** It still starts, and warns of something: it waits for a broker, say. */
  | { type: 'warning'; message: string };

export interface ServiceOptions {
  /** Name in traces and logs. */
  service: string;
  /** `host.name` of its spans, when it is not the machine's name. */
  host?: string;
  /** Off for the trace store, which must not trace itself. */
  traced?: boolean;
  /** Loads and starts the service; called once tracing runs. */
  start(logger: LabLogger): Promise<Running>;
}

/**
 * Runs one service as this process: starts tracing, then the service, says `ready` over IPC, and stops in order on
 * SIGTERM, on SIGINT, or when the process that started it is gone. Exit code 0 after a stop, 1 when it could not start.
 */
export async function runService({ service, host = hostname(), traced = true, start }: ServiceOptions): Promise<void> {
  try {
    const strays = strayVariables(process.env);
    if (strays.length > 0) throw new ConfigError(strays);
    const tracing = traced ? await startTracing(service, host) : undefined;
    const logger = new StartLogger(service);
    if (tracing && loadConf(labConf).lab.faults) {
      turnOnFaults({ service, host, flush: () => tracing.flush(), warn: (message) => logger.warn(message) });
    }
    const running = await start(logger);
    logger.log(`${service} listens on ${running.url}`);
    onStop(async () => {
      await running.close();
      await tracing
        ?.stop()
        .catch((error: unknown) => logger.warn(`The last spans could not be sent: ${String(error)}`));
    });
    logger.started();
    tell({ type: 'ready', url: running.url });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${service}: ${message}\n`);
    tell({ type: 'failed', message });
    process.exit(1);
  }
}

/** What a service warns of while it starts, whoever started it hears too. */
class StartLogger extends LabLogger {
  #starting = true;

  started(): void {
    this.#starting = false;
  }

  override warn(message: unknown, origin?: unknown): void {
    super.warn(message, origin);
    if (this.#starting) tell({ type: 'warning', message: String(message) });
  }
}

function tell(message: ServiceMessage): void {
  if (process.connected) process.send?.(message);
}

function onStop(stop: () => Promise<void>): void {
  let stopping: Promise<void> | undefined;
  const once = () => {
    stopping ??= stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', once);
  process.on('disconnect', once);
  // Whoever started it may have gone while it loaded.
  if (process.send && !process.connected) once();
  // Under a supervisor Ctrl-C reaches the whole process group; the supervisor decides the order of the stop.
  process.on('SIGINT', process.send ? () => undefined : once);
}
