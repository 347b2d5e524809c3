import { ComputeTaskApi, ConductorApi } from '@bootlab/nova';
import { messagingException } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import { ComputeConf } from '../compute-conf';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const MS_PER_S = 1000;

/**
 * The conductor, waited for while nobody listens: a message that meets no conductor is sent again for as long as a call
 * would wait for its answer, as it would lie in a broker's queue meanwhile.
 */
@Injectable()
export class PatientConductor {
  readonly #patienceMs: number;

  constructor(
    private readonly conductor: ConductorApi,
    private readonly tasks: ComputeTaskApi,
    { rpcResponseTimeout }: ComputeConf,
  ) {
    this.#patienceMs = rpcResponseTimeout * MS_PER_S;
  }

  /** See {@link ConductorApi.objectAction}. */
  async objectAction(...args: Parameters<ConductorApi['objectAction']>): ReturnType<ConductorApi['objectAction']> {
    return this.#patiently(() => this.conductor.objectAction(...args));
  }

  /** See {@link ConductorApi.objectClassAction}. */
  async objectClassAction<T>(...args: Parameters<ConductorApi['objectClassAction']>): Promise<T> {
    return this.#patiently(() => this.conductor.objectClassAction<T>(...args));
  }

  /** See {@link ComputeTaskApi.buildInstances}. */
  async buildInstances(...args: Parameters<ComputeTaskApi['buildInstances']>): Promise<void> {
    return this.#patiently(() => this.tasks.buildInstances(...args));
  }

  async #patiently<T>(call: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#patienceMs;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        return await call();
      } catch (error) {
        const undelivered = error instanceof messagingException.MessageDeliveryFailure;
        if (!undelivered || performance.now() + pause > deadline) throw error;
        await setTimeout(pause);
      }
    }
  }
}
