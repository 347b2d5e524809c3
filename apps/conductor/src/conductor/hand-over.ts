import {
  BlockDeviceMapping,
  ComputeRpcApi,
  filterPropertiesOf,
  Instance,
  RequestSpec,
  ScheduleAndBuildArgs,
  Selection,
  StateUpdates,
} from '@bootlab/nova';
import { InstanceActions, instanceActions, InstanceMappings } from '@bootlab/nova-db';
import { RequestContext, vmStates } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { populateFilterProperties, populateRetry } from '../scheduler/utils';
import { BuildRows } from './build-rows';
import { ConductorConf } from './conductor-conf';
import { FailedBuilds } from './failed-builds';

/** One instance with all that its host needs to know. */
export interface ReadyInstance {
  instance: Instance;
  requestSpec: RequestSpec;
  selection: Selection;
  /** Hosts to try after that one. */
  alternates: Selection[];
  blockDevices: BlockDeviceMapping[];
}

/** Hands one instance over to its host. */
@Injectable()
export class HandOver {
  constructor(
    private readonly rows: BuildRows,
    private readonly actions: InstanceActions,
    private readonly mappings: InstanceMappings,
    private readonly updates: StateUpdates,
    private readonly compute: ComputeRpcApi,
    private readonly failedBuilds: FailedBuilds,
    private readonly conf: ConductorConf,
    private readonly logger: LabLogger,
  ) {}

  /** Returns once the host has the message. An instance that cannot be handed over ends in state error. */
  async toHost(context: RequestContext, ready: ReadyInstance, args: ScheduleAndBuildArgs): Promise<void> {
    const { uuid } = ready.instance;
    try {
      await this.#handOver(context, ready, args);
    } catch (error) {
      this.logger.warn(`Instance ${uuid} cannot be built: ${(error as Error).message}`);
      await this.failedBuilds.cleanupBuildArtifacts(error as Error, [uuid]);
    }
  }

  async #handOver(
    context: RequestContext,
    { instance, requestSpec, selection, alternates, blockDevices }: ReadyInstance,
    args: ScheduleAndBuildArgs,
  ): Promise<void> {
    const { uuid } = instance;
    const filterProperties = filterPropertiesOf(requestSpec);
    populateRetry(filterProperties, uuid, this.conf.maxAttempts);
    populateFilterProperties(filterProperties, selection);
    const before = { vm_state: null, task_state: null };
    const after = { vm_state: vmStates.BUILDING, task_state: null };
    this.updates.sendUpdateWithStates(uuid, before, after, `conductor.${this.conf.host}`);
    await this.actions.actionStart(context, uuid, instanceActions.CREATE);
    const devices = await this.rows.createBlockDeviceMapping(instance, blockDevices);
    await this.rows.createTags(instance, args.tags);
    await this.mappings.setCell(uuid, 'cell1');
    if (!(await this.rows.deleteBuildRequest(instance))) return;
    await this.compute.buildAndRunInstance(context, selection.service_host, {
      instance,
      image: args.image,
      request_spec: requestSpec,
      filter_properties: filterProperties,
      admin_password: args.admin_password,
      injected_files: args.injected_files,
      requested_networks: args.requested_networks,
      security_groups: requestSpec.security_groups,
      block_device_mapping: devices,
      node: selection.nodename,
      limits: selection.limits,
      host_list: alternates,
    });
  }
}
