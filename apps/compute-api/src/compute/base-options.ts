import { Hop, hop } from '@bootlab/hop';
import { ImageDict, ImageMeta, NetworkRequest, NewInstance } from '@bootlab/nova';
import { novaException, powerStates, RequestContext, ValueError, vmStates } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { autoDiskConfigOf, ensureAutoDiskConfigIsValid } from './auto-disk-config';
import { isBase64, strictBoolean, textOf } from './text';
import type { CreateRequest } from './create-request';
import type { BootImage } from './images';
import { KernelAndRamdiskImages } from './kernel-and-ramdisk';

/** What all instances of one request have in common. */
export type CommonOptions = Omit<NewInstance, 'uuid' | 'hostname' | 'launch_index' | 'task_state' | 'created_at'>;

export interface BaseOptions {
  options: CommonOptions;
  /** Most instances that the networks take. */
  maxNetCount: number;
}

/** Looks up and checks everything that the instances of a request share. */
@Injectable()
export class BaseOptionsBuilder {
  constructor(private readonly kernels: KernelAndRamdiskImages) {}

  /**
   * @throws FlavorNotFound for a disabled flavor, InstanceUserDataMalformed, SecurityGroupNotFoundForProject, ConfigDriveInvalidValue,
   * KeypairNotFound, InvalidRequest for an image property outside its type, what reading kernel and ramdisk throws
   */
  @Hop('nova.compute.api.API._validate_and_build_base_options', {
    in: (_: RequestContext, { flavor }: CreateRequest) => ({ 'flavor.name': flavor.name }),
  })
  async validateAndBuildBaseOptions(
    context: RequestContext,
    request: CreateRequest,
    { imageId, image }: BootImage,
    reservationId: string,
  ): Promise<BaseOptions> {
    const { flavor } = request;
    if (flavor.disabled) throw new novaException.FlavorNotFound({ flavor_id: flavor.flavorid });
    checkUserData(request.userData);
    checkRequestedSecgroups(context, request.securityGroups);
    const maxNetCount = checkRequestedNetworks(request.requestedNetworks, request.maxCount);
    const { kernelId, ramdiskId } = await this.kernels.handleKernelAndRamdisk(context, image);
    const configDrive = checkConfigDrive(request.configDrive);
    checkKeyName(context, request.keyName);
    const { properties } = readImageMeta(image);

    const options: CommonOptions = {
      user_id: context.userId ?? null,
      project_id: context.projectId ?? null,
      reservation_id: reservationId,
      image_ref: imageId ?? '',
      kernel_id: kernelId,
      ramdisk_id: ramdiskId,
      vm_state: vmStates.BUILDING,
      power_state: powerStates.NOSTATE,
      display_name: request.displayName,
      display_description: request.displayName,
      user_data: request.userData,
      key_name: request.keyName,
      key_data: null,
      config_drive: configDrive ? 'True' : '',
      access_ip_v4: request.accessIpV4,
      access_ip_v6: request.accessIpV6,
      availability_zone: request.availabilityZone,
      locked: false,
      host: null,
      node: null,
      launched_on: null,
      launched_at: null,
      terminated_at: null,
      progress: 0,
      metadata: request.metadata,
      system_metadata: {},
      flavor,
      instance_type_id: flavor.id,
      memory_mb: flavor.memory_mb,
      vcpus: flavor.vcpus,
      root_gb: flavor.root_gb,
      ephemeral_gb: flavor.ephemeral_gb,
      root_device_name: properties.img_root_device_name ?? null,
      ...inheritPropertiesFromImage(image, request.autoDiskConfig),
    };
    return { options, maxNetCount };
  }
}

function checkUserData(userData: string | null): void {
  if (userData !== null && !isBase64(userData)) throw new novaException.InstanceUserDataMalformed();
}

/** Every project has the group `default`; the lab has no other. */
function checkRequestedSecgroups(context: RequestContext, groups: string[]): void {
  const unknown = groups.find((name) => name !== 'default');
  if (unknown === undefined) return;
  throw new novaException.SecurityGroupNotFoundForProject({
    security_group_id: unknown,
    project_id: context.projectId,
  });
}

/** How many instances the networks can take. */
const checkRequestedNetworks = hop(
  'nova.compute.api.API._check_requested_networks',
  function checkRequestedNetworks(_networks: NetworkRequest[], maxCount: number): number {
    return maxCount;
  },
  {
    in: (networks) => ({ 'network.count': networks.length }),
    simulated: 'The lab has no network service: every network and port counts as there, without a limit.',
  },
);

/** @throws ConfigDriveInvalidValue for text that means neither yes nor no */
const checkConfigDrive = hop(
  'nova.compute.api.API._check_config_drive',
  function checkConfigDrive(configDrive: boolean | string): boolean {
    const value = strictBoolean(configDrive);
    if (value === undefined) throw new novaException.ConfigDriveInvalidValue({ option: String(configDrive) });
    return value;
  },
);

/** No user of the lab has a keypair. */
function checkKeyName(context: RequestContext, name: string | null): void {
  if (name !== null) throw new novaException.KeypairNotFound({ name, user_id: context.userId });
}

/** @throws InvalidRequest when a property of the image is outside its type */
function readImageMeta(image: ImageDict): ImageMeta {
  try {
    return ImageMeta.fromDict(image);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new novaException.InvalidRequest(
      { reason: `the image's metadata is invalid: ${error.message}` },
      { cause: error },
    );
  }
}

/** What the image says of the guest; whether its partitions grow is for the request to say first. */
const inheritPropertiesFromImage = hop(
  'nova.compute.api.API._inherit_properties_from_image',
  function inheritPropertiesFromImage(image: ImageDict, autoDiskConfig: boolean | undefined) {
    ensureAutoDiskConfigIsValid(image, autoDiskConfig);
    const property = (name: string) => textOf(image.properties?.[name]) ?? null;
    return {
      os_type: property('os_type'),
      architecture: property('architecture'),
      vm_mode: property('vm_mode'),
      auto_disk_config: autoDiskConfig ?? strictBoolean(autoDiskConfigOf(image) ?? '') ?? false,
    };
  },
);
