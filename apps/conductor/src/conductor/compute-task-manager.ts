import { Hop } from '@bootlab/hop';
import { BuildInstancesArgs, ScheduleAndBuildArgs, Selection } from '@bootlab/nova';
import { RequestContext } from '@bootlab/openstack';
import { RpcEndpoint, RpcMethod } from '@bootlab/rpc';
import { LabLogger } from '@bootlab/tracing';
import { FailedBuilds } from './failed-builds';
import { HandOver } from './hand-over';
import { InstanceCreation } from './instance-creation';
import { InstanceScheduling } from './instance-scheduling';
import { Rescheduling } from './rescheduling';

/** The conductor's tasks. Plays `nova.conductor.manager.ComputeTaskManager`. */
@RpcEndpoint({ namespace: 'compute_task', version: '1.20' })
export class ComputeTaskManager {
  constructor(
    private readonly scheduling: InstanceScheduling,
    private readonly creation: InstanceCreation,
    private readonly handOver: HandOver,
    private readonly rescheduling: Rescheduling,
    private readonly failedBuilds: FailedBuilds,
    private readonly logger: LabLogger,
  ) {}

  /** Finds hosts, makes the instances and hands each to its host. @throws TooManyInstances after the second quota check */
  @RpcMethod('schedule_and_build_instances')
  @Hop('nova.conductor.manager.ComputeTaskManager.schedule_and_build_instances', {
    in: (_: RequestContext, { build_requests }: ScheduleAndBuildArgs) => ({
      'instance.uuids': build_requests.map(({ instance_uuid }) => instance_uuid),
    }),
  })
  async scheduleAndBuildInstances(context: RequestContext, args: ScheduleAndBuildArgs): Promise<void> {
    const { build_requests: buildRequests, request_specs: requestSpecs } = args;
    const hostLists = await this.#schedule(args);
    if (hostLists === undefined) return;
    const instances = await this.creation.create(buildRequests);
    for (const [index, { instance_uuid }] of buildRequests.entries()) {
      const instance = instances.get(instance_uuid);
      const requestSpec = requestSpecs[index];
      const [selection, ...alternates] = hostLists[index] ?? [];
      if (!instance || !requestSpec || !selection) continue;
      const blockDevices = args.block_device_mapping[index] ?? [];
      await this.handOver.toHost(context, { instance, requestSpec, selection, alternates, blockDevices }, args);
    }
  }

  /** Hands an instance that its host could not build to the next one; with no host left it ends in state error. */
  @RpcMethod('build_instances')
  @Hop('nova.conductor.manager.ComputeTaskManager.build_instances', {
    in: (_: RequestContext, { instances, host_lists }: BuildInstancesArgs) => ({
      'instance.uuids': instances.map(({ uuid }) => uuid),
      'scheduler.alternates': host_lists.map((hosts) => hosts.map(({ service_host }) => service_host).join(',')),
    }),
  })
  async buildInstances(context: RequestContext, args: BuildInstancesArgs): Promise<void> {
    await this.rescheduling.toNextHost(context, args);
  }

  /** Hosts for each instance, or undefined when there are none and the instances have been put into state error. */
  async #schedule({ build_requests, request_specs }: ScheduleAndBuildArgs): Promise<Selection[][] | undefined> {
    const [first] = request_specs;
    if (!first) return undefined;
    try {
      return await this.scheduling.scheduleInstances(
        first,
        build_requests.map(({ instance_uuid }) => instance_uuid),
      );
    } catch (error) {
      this.logger.error(error);
      await this.failedBuilds.buryInCell0(error as Error, build_requests);
      return undefined;
    }
  }
}
