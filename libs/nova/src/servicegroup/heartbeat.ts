import { loadConf, novaConf } from '@bootlab/openstack';
import { untraced } from '@bootlab/tracing';

const MS_PER_S = 1000;

export interface HeartbeatOptions {
  /** Tells nova that the service is there. */
  report(): Promise<unknown>;
  /** Told when reports begin to fail, and when they get through again. */
  warn(message: string): void;
}

/**
 * Reports every `report_interval` that a service is there, in no trace. A report that fails is not made again: the next one
 * comes anyway. Plays `nova.servicegroup.drivers.db.DbDriver._report_state`.
 */
export class Heartbeat {
  #timer?: NodeJS.Timeout;
  #running = false;
  #lost = false;

  constructor(private readonly options: HeartbeatOptions) {}

  start(): void {
    const { report_interval } = loadConf(novaConf).DEFAULT;
    this.#timer = setInterval(() => void this.#beat(), report_interval * MS_PER_S);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #beat(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      await untraced(() => this.options.report());
      if (this.#lost) this.options.warn('The reports that this service is up get through again.');
      this.#lost = false;
    } catch (error) {
      if (!this.#lost) this.options.warn(`This service cannot report that it is up: ${String(error)}`);
      this.#lost = true;
    } finally {
      this.#running = false;
    }
  }
}
