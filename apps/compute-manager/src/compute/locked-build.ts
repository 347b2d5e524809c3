import { Hop, noteAttributes } from '@bootlab/hop';
import type { BuildAndRunArgs } from '@bootlab/nova';
import type { RequestContext } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { Semaphore } from 'async-mutex';
import { ComputeConf } from '../compute-conf';
import { RemoteInstances } from '../conductor/remote-instances';
import { NamedLocks } from '../lockutils';
import { BuildResult, DoBuild } from './do-build';

/** Lets no two tasks at one instance, and no more builds than `max_concurrent_builds` at a time. */
@Injectable()
export class LockedBuild {
  /** Absent for no limit. */
  readonly #builds: Semaphore | undefined;
  #consecutiveFailures = 0;

  constructor(
    private readonly locks: NamedLocks,
    private readonly build: DoBuild,
    private readonly instances: RemoteInstances,
    private readonly logger: LabLogger,
    { maxConcurrentBuilds }: ComputeConf,
  ) {
    this.#builds = maxConcurrentBuilds > 0 ? new Semaphore(maxConcurrentBuilds) : undefined;
  }

  /** Builds when instance and host are free for it. What went wrong with the build itself stands in the instance. */
  @Hop('nova.compute.manager.ComputeManager.build_and_run_instance._locked_do_build_and_run_instance', {
    in: (_: RequestContext, { instance }: BuildAndRunArgs) => ({ 'instance.uuid': instance.uuid }),
  })
  async lockedDoBuildAndRunInstance(context: RequestContext, args: BuildAndRunArgs): Promise<void> {
    const asked = performance.now();
    const build = async () => {
      noteAttributes({ 'build.waited_ms': Math.round(performance.now() - asked) });
      await this.#buildAndCount(context, args);
    };
    await this.locks.synchronized(args.instance.uuid, () => this.#builds?.runExclusive(build) ?? build());
  }

  async #buildAndCount(context: RequestContext, args: BuildAndRunArgs): Promise<void> {
    let result: BuildResult = 'failed';
    try {
      result = await this.build.doBuildAndRunInstance(context, args);
    } finally {
      // One that goes on to another host has given it back itself, before that host could claim.
      if (result === 'failed') await this.instances.deleteAllocation(context, args.instance);
      if (result === 'active') this.buildSucceeded();
      else if (result !== 'skipped') this.buildFailed();
    }
  }

  @Hop('nova.compute.manager.ComputeManager._build_failed')
  private buildFailed(): void {
    this.#consecutiveFailures += 1;
    noteAttributes({ 'host.consecutive_failed_builds': this.#consecutiveFailures });
    this.logger.warn(`Failed builds in a row on this host: ${this.#consecutiveFailures}.`);
  }

  @Hop('nova.compute.manager.ComputeManager._build_succeeded')
  private buildSucceeded(): void {
    this.#consecutiveFailures = 0;
  }
}
