import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import { RpcClient } from '@bootlab/rpc';
import { Injectable } from '@nestjs/common';
import type { BlockDeviceMapping } from '../objects/block-device';
import type { ImageDict } from '../objects/image-meta';
import type { Instance } from '../objects/instance';
import type { NetworkRequest } from '../objects/network-request';
import type { RequestSpec } from '../objects/request-spec';
import type { FilterProperties, Limits, Selection } from '../scheduler/filter-properties';

/** One instance on its way to the host that builds it. */
export interface BuildAndRunArgs {
  instance: Instance;
  image: ImageDict;
  request_spec: RequestSpec;
  filter_properties: FilterProperties;
  admin_password: string;
  /** Pairs of path and base 64 contents. */
  injected_files: [string, string][];
  requested_networks: NetworkRequest[];
  security_groups: string[];
  block_device_mapping: BlockDeviceMapping[];
  node: string;
  limits: Limits;
  /** Hosts to try when this one cannot. */
  host_list: Selection[];
}

const VERSION = '5.0';

/** Compute hosts over RPC. Plays `nova.compute.rpcapi.ComputeAPI`. */
@Injectable()
export class ComputeRpcApi {
  constructor(private readonly rpc: RpcClient) {}

  /** Returns once the message is on its way. @throws MessageDeliveryFailure when the host does not listen */
  @Hop('nova.compute.rpcapi.ComputeAPI.build_and_run_instance', {
    in: (_: RequestContext, host: string, { instance }: BuildAndRunArgs) => ({
      'instance.uuid': instance.uuid,
      'instance.host': host,
    }),
  })
  async buildAndRunInstance(context: RequestContext, host: string, args: BuildAndRunArgs): Promise<void> {
    await this.rpc.cast(context, this.#target(host), 'build_and_run_instance', { ...args });
  }

  /** Returns once the message is on its way to the instance's host. @throws MessageDeliveryFailure when it does not listen */
  async terminateInstance(context: RequestContext, instance: Instance, bdms: BlockDeviceMapping[]): Promise<void> {
    if (instance.host === null) throw new Error(`Instance ${instance.uuid} is on no host that could terminate it.`);
    await this.rpc.cast(context, this.#target(instance.host), 'terminate_instance', { instance, bdms });
  }

  #target(server: string) {
    return { topic: 'compute', server, version: VERSION };
  }
}
