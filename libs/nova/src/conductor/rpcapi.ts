import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import { RpcClient } from '@bootlab/rpc';
import { Injectable } from '@nestjs/common';
import type { BlockDeviceMapping } from '../objects/block-device';
import type { BuildRequest } from '../objects/build-request';
import type { ImageDict } from '../objects/image-meta';
import type { NetworkRequest } from '../objects/network-request';
import type { Instance } from '../objects/instance';
import type { RequestSpec } from '../objects/request-spec';
import type { FilterProperties, Selection } from '../scheduler/filter-properties';

/** One boot request on its way to the conductor; the lists run in parallel, one item an instance. */
export interface ScheduleAndBuildArgs {
  build_requests: BuildRequest[];
  request_specs: RequestSpec[];
  /** The image as nova-api read it; empty when booting from a volume. */
  image: ImageDict;
  admin_password: string;
  /** Pairs of path and base 64 contents. */
  injected_files: [string, string][];
  requested_networks: NetworkRequest[];
  /** The disks of each instance. */
  block_device_mapping: BlockDeviceMapping[][];
  tags: string[];
}

/** An instance that its host could not build, on its way to the next one. The lists run in parallel, one item an instance. */
export interface BuildInstancesArgs {
  instances: Instance[];
  image: ImageDict;
  /** With `retry`: how often the instance has been tried. */
  filter_properties: FilterProperties;
  admin_password: string;
  injected_files: [string, string][];
  requested_networks: NetworkRequest[];
  security_groups: string[];
  block_device_mapping: BlockDeviceMapping[];
  request_spec: RequestSpec;
  /** The hosts that are left to try. */
  host_lists: Selection[][];
}

const TOPIC = { topic: 'conductor', namespace: 'compute_task' };

/** The conductor's tasks over RPC. Plays `nova.conductor.rpcapi.ComputeTaskAPI`. */
@Injectable()
export class ComputeTaskRpcApi {
  constructor(private readonly rpc: RpcClient) {}

  /** Returns once the message is on its way. @throws MessageDeliveryFailure when no conductor listens */
  @Hop('nova.conductor.rpcapi.ComputeTaskAPI.schedule_and_build_instances')
  async scheduleAndBuildInstances(context: RequestContext, args: ScheduleAndBuildArgs): Promise<void> {
    await this.rpc.cast(context, { ...TOPIC, version: '1.17' }, 'schedule_and_build_instances', { ...args });
  }

  /** Returns once the message is on its way. @throws MessageDeliveryFailure when no conductor listens */
  @Hop('nova.conductor.rpcapi.ComputeTaskAPI.build_instances')
  async buildInstances(context: RequestContext, args: BuildInstancesArgs): Promise<void> {
    await this.rpc.cast(context, { ...TOPIC, version: '1.19' }, 'build_instances', { ...args });
  }
}
