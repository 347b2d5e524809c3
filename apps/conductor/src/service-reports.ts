import { Heartbeat, SERVICE_VERSION } from '@bootlab/nova';
import { Services } from '@bootlab/nova-db';
import { LabLogger } from '@bootlab/tracing';
import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { ConductorConf } from './conductor/conductor-conf';

/** Keeps this conductor among nova's services. */
@Injectable()
export class ServiceReports implements OnModuleDestroy {
  readonly #heartbeat: Heartbeat;

  constructor(
    private readonly services: Services,
    private readonly conf: ConductorConf,
    logger: LabLogger,
  ) {
    this.#heartbeat = new Heartbeat({ report: () => this.#report(), warn: (message) => logger.warn(message) });
  }

  /** Reports now and from then on. */
  async start(): Promise<void> {
    await this.#report();
    this.#heartbeat.start();
  }

  onModuleDestroy(): void {
    this.#heartbeat.stop();
  }

  async #report(): Promise<void> {
    const { host } = this.conf;
    await this.services.report({ host, binary: 'nova-conductor', topic: 'conductor', version: SERVICE_VERSION });
  }
}
