import { Hop } from '@bootlab/hop';
import { BuildAndRunArgs, WrapException } from '@bootlab/nova';
import { novaException, OpenStackException, RequestContext, taskStates, vmStates } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { RemoteInstances } from '../conductor/remote-instances';
import { BuildAndRun } from './build-and-run';
import { EscapedExceptions } from './escaped-exceptions';
import { EventReporter } from './event-reporter';
import { FailedBuild } from './failed-build';

/** How a build ended; `skipped` when it had ended before, since a message may come twice. Plays `nova.compute.build_results`. */
export type BuildResult = 'active' | 'failed' | 'rescheduled' | 'skipped';

const EVENT = 'compute__do_build_and_run_instance';

/** A file to put into the guest. */
interface InjectedFile {
  path: string;
  contents: Buffer;
}

/** What went wrong, without the words about the build being rescheduled: those are for where nobody has read it yet. */
function reasonOf({ kwargs }: OpenStackException): string {
  return String(kwargs['reason']);
}

/** Runs a build from first to last and decides what becomes of a failed one. */
@Injectable()
export class DoBuild {
  constructor(
    private readonly events: EventReporter,
    private readonly escaped: EscapedExceptions,
    private readonly instances: RemoteInstances,
    private readonly build: BuildAndRun,
    private readonly failedBuild: FailedBuild,
    private readonly logger: LabLogger,
  ) {}

  /**
   * Does not raise for a build that failed: its event counts as a success, as in the original. What escapes from here leaves
   * the instance in state building, with a fault and without a task.
   */
  @WrapException('_do_build_and_run_instance', 'compute')
  @Hop('nova.compute.manager.ComputeManager._do_build_and_run_instance', {
    in: (_: RequestContext, { instance }: BuildAndRunArgs) => ({ 'instance.uuid': instance.uuid }),
    out: (result: BuildResult) => ({ 'build.result': result }),
    around(this: DoBuild, work, context, { instance }) {
      return this.escaped.revertsTaskState(context, instance, () =>
        this.events.around(context, instance.uuid, EVENT, () =>
          this.escaped.wrapInstanceFault(context, instance, work),
        ),
      );
    },
  })
  async doBuildAndRunInstance(context: RequestContext, args: BuildAndRunArgs): Promise<BuildResult> {
    const unfit = await this.#start(context, args);
    if (unfit) return unfit;
    this.decodeFiles(args.injected_files);
    try {
      await this.build.buildAndRunInstance(context, args);
      return 'active';
    } catch (error) {
      return await this.#failed(context, args, error as Error);
    }
  }

  /** Nothing when the instance still waits to be built, else how this build ends. */
  async #start(context: RequestContext, { instance }: BuildAndRunArgs): Promise<BuildResult | undefined> {
    const building = { vm_state: vmStates.BUILDING, task_state: null };
    const waiting = { vm_state: [vmStates.BUILDING], task_state: [taskStates.SCHEDULING, null] };
    try {
      await this.instances.save(context, instance, building, waiting);
      return undefined;
    } catch (error) {
      const { InstanceNotFound, UnexpectedTaskStateError, UnexpectedVMStateError } = novaException;
      const ended = error instanceof UnexpectedVMStateError;
      if (!(ended || error instanceof InstanceNotFound || error instanceof UnexpectedTaskStateError)) throw error;
      this.logger.debug(`Not building instance ${instance.uuid}: ${error.message}`);
      return ended ? 'skipped' : 'failed';
    }
  }

  async #failed(context: RequestContext, args: BuildAndRunArgs, error: Error): Promise<BuildResult> {
    const { InstanceNotFound, RescheduledException, UnexpectedDeletingTaskStateError } = novaException;
    if (error instanceof InstanceNotFound || error instanceof UnexpectedDeletingTaskStateError) {
      this.logger.debug(`Instance ${args.instance.uuid} disappeared during build.`);
      await this.failedBuild.forgotten(args);
      return 'failed';
    }
    if (error instanceof RescheduledException && args.filter_properties.retry) {
      this.logger.warn(error.message);
      await this.failedBuild.reschedule(context, args, args.filter_properties.retry, reasonOf(error));
      return 'rescheduled';
    }
    this.logger.error(error);
    const message = error instanceof RescheduledException ? reasonOf(error) : undefined;
    await this.failedBuild.failed(context, args, error, message);
    return 'failed';
  }

  /** @throws Base64Exception when contents are not base 64 */
  @Hop('nova.compute.manager.ComputeManager._decode_files', {
    in: (files: [string, string][]) => ({ 'injected_files.count': files.length }),
  })
  private decodeFiles(files: [string, string][]): InjectedFile[] {
    return files.map(([path, contents]) => {
      const decoded = Buffer.from(contents, 'base64');
      if (decoded.toString('base64').replace(/=+$/, '') === contents.replace(/=+$/, ''))
        return { path, contents: decoded };
      throw new novaException.Base64Exception({ path });
    });
  }
}
