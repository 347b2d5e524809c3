import { Hop } from '@bootlab/hop';
import { ComputeTaskApi, ImageDict, NewInstance } from '@bootlab/nova';
import { novaException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { checkAutoDiskConfig } from './auto-disk-config';
import { checkAvailabilityZone } from './availability-zone';
import { BaseOptionsBuilder } from './base-options';
import { rootDisk } from './block-device';
import { checkAndTransformBdm } from './block-devices';
import { BuildArtifacts, BuildArtifactsStore } from './build-artifacts';
import { CreateChecks } from './checks';
import type { CreateRequest } from './create-request';
import { BootImages } from './images';
import { checkRequestedInstanceGroup } from './instance-group';
import { checkMultipleInstancesWithNeutronPorts, checkMultipleInstancesWithSpecifiedIp } from './multiple-instances';
import { Provisioner } from './provision';
import { generateReservationId } from './reservation-id';

export interface Created {
  /** At least one. */
  instances: NewInstance[];
  reservationId: string;
}

/** Boots instances. Plays `nova.compute.api.API`. */
@Injectable()
export class ComputeApi {
  constructor(
    private readonly images: BootImages,
    private readonly baseOptions: BaseOptionsBuilder,
    private readonly checks: CreateChecks,
    private readonly provisioner: Provisioner,
    private readonly artifacts: BuildArtifactsStore,
    private readonly conductor: ComputeTaskApi,
  ) {}

  /** @throws InvalidFixedIpAndMaxCountRequest, MultiplePortsNotApplicable, InvalidRequest for an unknown zone, what createInstance throws */
  @Hop('nova.compute.api.API.create', {
    in: (_: RequestContext, { displayName, flavor, imageHref, maxCount }: CreateRequest) => ({
      'instance.name': displayName,
      'flavor.name': flavor.name,
      'image.ref': imageHref,
      'instance.max_count': maxCount,
    }),
  })
  async create(context: RequestContext, request: CreateRequest): Promise<Created> {
    if (request.maxCount > 1) {
      checkMultipleInstancesWithSpecifiedIp(request.requestedNetworks);
      checkMultipleInstancesWithNeutronPorts(request.requestedNetworks);
    }
    checkAvailabilityZone({ zone: request.availabilityZone, forcedHost: request.forcedHost });
    return this.createInstance(context, request);
  }

  /** Looks at everything that can be wrong with the request, records it, and hands it to the conductor. */
  @Hop('nova.compute.api.API._create_instance', {
    in: (_: RequestContext, { imageHref, flavor }: CreateRequest) => ({
      'image.ref': imageHref,
      'flavor.name': flavor.name,
    }),
    out: ({ instances, reservationId }: Created) => ({
      'instance.uuids': instances.map(({ uuid }) => uuid),
      'reservation.id': reservationId,
    }),
  })
  private async createInstance(context: RequestContext, request: CreateRequest): Promise<Created> {
    const { imageHref, minCount } = request;
    const reservationId = generateReservationId();

    const bootImage =
      imageHref === ''
        ? await this.images.getBdmImageMetadata(context, request.blockDeviceMapping)
        : await this.images.getImage(context, imageHref);

    checkAutoDiskConfig(bootImage.image, request.autoDiskConfig);

    const base = await this.baseOptions.validateAndBuildBaseOptions(context, request, bootImage, reservationId);
    const { options, maxNetCount } = base;
    if (maxNetCount < minCount) throw new novaException.PortLimitExceeded();
    const maxCount = Math.min(request.maxCount, maxNetCount);

    const devices = checkAndTransformBdm(options, bootImage, request);

    this.checks.checksForCreateAndRebuild(context, request, {
      ...bootImage,
      flavor: request.flavor,
      root: rootDisk(devices),
    });

    checkRequestedInstanceGroup(request.schedulerHints);

    const plan = { request, bootImage, options, devices, minCount, maxCount };
    const toBuild = await this.provisioner.provisionInstances(context, plan);

    await this.#handOver(context, request, bootImage.image, toBuild);
    return { instances: toBuild.map(({ buildRequest }) => buildRequest.instance), reservationId };
  }

  /** What the conductor never heard of must not look like a server. */
  async #handOver(
    context: RequestContext,
    { adminPassword, injectedFiles, requestedNetworks }: CreateRequest,
    image: ImageDict,
    toBuild: BuildArtifacts[],
  ): Promise<void> {
    try {
      await this.conductor.scheduleAndBuildInstances(context, {
        build_requests: toBuild.map(({ buildRequest }) => buildRequest),
        request_specs: toBuild.map(({ requestSpec }) => requestSpec),
        image,
        admin_password: adminPassword,
        injected_files: injectedFiles,
        requested_networks: requestedNetworks,
        block_device_mapping: toBuild.map(({ buildRequest }) => buildRequest.block_device_mappings),
        tags: [],
      });
    } catch (error) {
      await this.artifacts.cleanupBuildArtifacts(toBuild.map(({ buildRequest }) => buildRequest.instance_uuid));
      throw error;
    }
  }
}
