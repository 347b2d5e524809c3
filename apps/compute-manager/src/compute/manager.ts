import { Hop } from '@bootlab/hop';
import { BuildAndRunArgs, WrapException } from '@bootlab/nova';
import { RequestContext } from '@bootlab/openstack';
import { RpcEndpoint, RpcMethod } from '@bootlab/rpc';
import { LabLogger } from '@bootlab/tracing';
import { AsyncResource } from 'node:async_hooks';
import { spawnN } from '../spawn-n';
import { LockedBuild } from './locked-build';
import { instanceOf } from './message-args';
import { Termination } from './termination';

/** What a compute host does when asked. Plays `nova.compute.manager.ComputeManager`. */
@RpcEndpoint({ version: '5.0' })
export class ComputeManager {
  constructor(
    private readonly builds: LockedBuild,
    private readonly termination: Termination,
    private readonly logger: LabLogger,
  ) {}

  /** Leaves the build running and returns at once. */
  @RpcMethod('build_and_run_instance')
  @WrapException('build_and_run_instance', 'compute')
  @Hop('nova.compute.manager.ComputeManager.build_and_run_instance', {
    in: (_: RequestContext, { instance, image }: BuildAndRunArgs) => ({
      'instance.uuid': instance.uuid,
      'image.id': image.id,
      'flavor.name': instance.flavor.name,
    }),
  })
  buildAndRunInstance(context: RequestContext, args: BuildAndRunArgs): void {
    instanceOf(args);
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
