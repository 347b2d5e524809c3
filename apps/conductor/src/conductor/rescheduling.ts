import { BuildInstancesArgs, ComputeRpcApi, Instance } from '@bootlab/nova';
import { Allocations, BlockDevices, Instances } from '@bootlab/nova-db';
import { novaException, RequestContext } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { populateFilterProperties, populateRetry } from '../scheduler/utils';
import { ConductorConf } from './conductor-conf';
import { FailedBuilds } from './failed-builds';
import { InstanceScheduling } from './instance-scheduling';

/** Hands instances on that their host could not build. */
@Injectable()
export class Rescheduling {
  constructor(
    private readonly scheduling: InstanceScheduling,
    private readonly instances: Instances,
    private readonly blockDevices: BlockDevices,
    private readonly allocations: Allocations,
    private readonly compute: ComputeRpcApi,
    private readonly failedBuilds: FailedBuilds,
    private readonly conf: ConductorConf,
    private readonly logger: LabLogger,
  ) {}

  /** An instance that is rescheduled comes alone, with the list of its alternates. Whatever goes wrong ends it in state error. */
  async toNextHost(context: RequestContext, args: BuildInstancesArgs): Promise<void> {
    const { instances, host_lists: hostLists } = args;
    for (const [index, { uuid }] of instances.entries()) {
      try {
        await this.#toNextHost(context, args, uuid, hostLists[index] ?? []);
      } catch (error) {
        this.logger.warn(`Instance ${uuid} cannot be built: ${String(error)}`);
        await this.failedBuilds.cleanupWhenRescheduleFails(error as Error, uuid);
      }
    }
  }

  async #toNextHost(
    context: RequestContext,
    args: BuildInstancesArgs,
    uuid: string,
    alternates: BuildInstancesArgs['host_lists'][number],
  ): Promise<void> {
    const { filter_properties: filterProperties, request_spec: requestSpec } = args;
    const lastReason = filterProperties.retry?.exc_reason ?? 'unknown';
    populateRetry(filterProperties, uuid, this.conf.maxAttempts);
    const selection = await this.scheduling.claimAlternate(requestSpec, uuid, alternates);
    if (selection === undefined) {
      const reason = `No other host is left to try. The last one: ${lastReason}`;
      throw new novaException.MaxRetriesExceeded({ reason });
    }
    const instance = await this.#present(uuid);
    if (instance === undefined) return;
    populateFilterProperties(filterProperties, selection);
    try {
      await this.compute.buildAndRunInstance(context, selection.service_host, {
        instance,
        image: args.image,
        request_spec: requestSpec,
        filter_properties: filterProperties,
        admin_password: args.admin_password,
        injected_files: args.injected_files,
        requested_networks: args.requested_networks,
        security_groups: args.security_groups,
        block_device_mapping: await this.blockDevices.getByInstanceUuid(uuid),
        node: selection.nodename,
        limits: selection.limits,
        host_list: alternates,
      });
    } catch (error) {
      await this.allocations.delete(uuid);
      throw error;
    }
  }

  /** The instance as it is now; undefined, with nothing claimed for it, when its user has deleted it meanwhile. */
  async #present(uuid: string): Promise<Instance | undefined> {
    try {
      return await this.instances.getByUuid(uuid);
    } catch (error) {
      if (!(error instanceof novaException.InstanceNotFound)) throw error;
      await this.allocations.delete(uuid);
      return undefined;
    }
  }
}
