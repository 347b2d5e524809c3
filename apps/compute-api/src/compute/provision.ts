import { Hop } from '@bootlab/hop';
import { requestSpecFromComponents } from '@bootlab/nova';
import { checkNumInstancesQuota, Quotas } from '@bootlab/nova-db';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { CommonOptions } from './base-options';
import { BuildArtifacts, BuildArtifactsStore } from './build-artifacts';
import type { BlockDevice, CreateRequest } from './create-request';
import type { BootImage } from './images';
import { createDbEntryForNewInstance, Place } from './populate-instance';
import { BlockDeviceValidator } from './validate-bdm';

/** What all instances of a request are made of. */
export interface Plan {
  request: CreateRequest;
  bootImage: BootImage;
  options: CommonOptions;
  devices: BlockDevice[];
  minCount: number;
  maxCount: number;
}

/** Makes the records of the instances that a request may have. */
@Injectable()
export class Provisioner {
  constructor(
    private readonly quotas: Quotas,
    private readonly validator: BlockDeviceValidator,
    private readonly artifacts: BuildArtifactsStore,
  ) {}

  /**
   * As many instances as the quota lets be, between minCount and maxCount; when one of them fails, none stays.
   * @throws TooManyInstances, what the validation of block devices throws
   */
  @Hop('nova.compute.api.API._provision_instances', {
    in: (_: RequestContext, { minCount, maxCount }: Plan) => ({
      'instance.min_count': minCount,
      'instance.max_count': maxCount,
    }),
  })
  async provisionInstances(context: RequestContext, plan: Plan): Promise<BuildArtifacts[]> {
    const { flavor } = plan.request;
    const projectId = context.projectId ?? null;
    const count = await checkNumInstancesQuota(this.quotas, flavor, projectId, plan.minCount, plan.maxCount);
    const toBuild: BuildArtifacts[] = [];
    try {
      for (let index = 0; index < count; index++) toBuild.push(await this.#provision(context, plan, { index, count }));
    } catch (error) {
      await this.artifacts.cleanupBuildArtifacts(toBuild.map(({ buildRequest }) => buildRequest.instance_uuid));
      throw error;
    }
    return toBuild;
  }

  async #provision(context: RequestContext, plan: Plan, place: Place): Promise<BuildArtifacts> {
    const { request, bootImage, options, devices } = plan;
    const instance_uuid = randomUUID();
    const { user_id, project_id } = options;
    const requestSpec = requestSpecFromComponents({
      instance_uuid,
      user_id,
      project_id,
      image: bootImage.image,
      flavor: request.flavor,
      num_instances: place.count,
      availability_zone: request.availabilityZone,
      force_hosts: present(request.forcedHost),
      force_nodes: present(request.forcedNode),
      scheduler_hints: request.schedulerHints,
      security_groups: request.securityGroups,
    });
    const instance = createDbEntryForNewInstance(instance_uuid, options, bootImage.image, place);
    const block_device_mappings = await this.validator.bdmValidateSetSizeAndInstance(
      context,
      instance,
      request.flavor,
      devices,
    );
    const { created_at } = instance;
    const artifacts: BuildArtifacts = {
      requestSpec,
      buildRequest: { instance_uuid, project_id, instance, block_device_mappings, tags: [], created_at },
      instanceMapping: { instance_uuid, project_id, cell: null },
    };
    await this.artifacts.createReqspecBuildreqInstmapping(artifacts);
    return artifacts;
  }
}

function present(name: string | null): string[] {
  return name === null ? [] : [name];
}
