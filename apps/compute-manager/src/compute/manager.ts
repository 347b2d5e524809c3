import { Hop } from '@bootlab/hop';
import { BuildAndRunArgs, WrapException } from '@bootlab/nova';
import { RequestContext } from '@bootlab/openstack';
import { RpcEndpoint, RpcMethod } from '@bootlab/rpc';
import { LabLogger } from '@bootlab/tracing';
import { AsyncResource } from 'node:async_hooks';
import { spawnN } from '../spawn-n';
import { EscapedExceptions } from './escaped-exceptions';
import { LockedBuild } from './locked-build';
import { instanceOf } from './message-args';
import { Termination } from './termination';

/** What a compute host does when asked. Plays `nova.compute.manager.ComputeManager`. */
@RpcEndpoint({ version: '5.0' })
export class ComputeManager {
  constructor(
    private readonly builds: LockedBuild,
    private readonly termination: Termination,
    private readonly escaped: EscapedExceptions,
    private readonly logger: LabLogger,
  ) {}

  @RpcMethod('build_and_run_instance')
  @WrapException('build_and_run_instance', 'compute')
  async receiveBuild(context: RequestContext, args: BuildAndRunArgs): Promise<void> {
    const instance = instanceOf(args);
    await this.escaped.revertsTaskState(context, instance, () =>
      this.escaped.wrapInstanceFault(context, instance, async () => this.buildAndRunInstance(context, args)),
    );
  }

  /** Leaves the build running and returns at once. */
  @Hop('nova.compute.manager.ComputeManager.build_and_run_instance', {
    in: (_: RequestContext, { instance, image }: BuildAndRunArgs) => ({
      'instance.uuid': instance.uuid,
      'image.id': image.id,
      'flavor.name': instance.flavor.name,
    }),
  })
  private buildAndRunInstance(context: RequestContext, args: BuildAndRunArgs): void {
    const build = async () => {
      try {
        await this.builds.lockedDoBuildAndRunInstance(context, args);
      } catch (error) {
        this.logger.error(error);
      }
    };
    spawnN(AsyncResource.bind(build));
  }

  @RpcMethod('terminate_instance')
  @WrapException('terminate_instance', 'compute')
  async terminateInstance(context: RequestContext, args: unknown): Promise<void> {
    await this.termination.terminateInstance(context, instanceOf(args));
  }
}
