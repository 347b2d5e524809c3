import { exceptionTable } from './table';

/** `nova.exception`: the exceptions a boot can end in, with the HTTP code each stands for. */
export const novaException = exceptionTable('nova.exception', {
  Invalid: { code: 400, message: 'The request cannot be carried out as it is.' },
  InvalidInput: { code: 400, parent: 'Invalid', message: 'Invalid input: {reason}' },
  InvalidRequest: { code: 400, parent: 'Invalid', message: 'The request is invalid: {reason}' },
  ValidationError: { code: 400, parent: 'Invalid', message: 'Invalid input for field/attribute {path}: {detail}' },
  Forbidden: { code: 403, message: 'This is not allowed for you.' },
  PolicyNotAuthorized: { code: 403, parent: 'Forbidden', message: "Policy doesn't allow {action} to be performed." },
  NotFound: { code: 404, message: 'Nothing was found under that name.' },
  InstanceNotFound: { code: 404, parent: 'NotFound', message: 'Instance {instance_id} could not be found.' },
  BuildRequestNotFound: {
    code: 404,
    parent: 'NotFound',
    message: 'BuildRequest not found for instance {uuid}: the server was deleted, or its row exists by now.',
  },
  FlavorNotFound: {
    code: 404,
    parent: 'NotFound',
    message: 'Flavor {flavor_id} could not be found; GET /flavors lists the flavors.',
  },
  FlavorExists: { code: 409, message: 'Flavor with name {name} already exists.' },
  FlavorIdExists: { code: 409, message: 'Flavor with ID {flavor_id} already exists.' },
  ImageNotFound: { code: 404, parent: 'NotFound', message: 'Image {image_id} could not be found.' },
  NetworkNotFound: { code: 404, parent: 'NotFound', message: 'Network {network_id} could not be found.' },
  KeypairNotFound: { code: 404, parent: 'NotFound', message: 'Keypair {name} not found for user {user_id}.' },
  SecurityGroupNotFound: { code: 404, parent: 'NotFound', message: 'Security group {security_group_id} not found.' },
  SecurityGroupNotFoundForProject: {
    code: 404,
    parent: 'SecurityGroupNotFound',
    message: 'Security group {security_group_id} not found for project {project_id}; use default.',
  },
  MarkerNotFound: {
    code: 404,
    parent: 'NotFound',
    message: 'Marker {marker} could not be found; start from the first page.',
  },
  HostNotFound: { code: 404, parent: 'NotFound', message: 'Host {host} could not be found.' },
  DiskNotFound: { code: 404, parent: 'NotFound', message: 'No disk at {location}.' },
  InvalidImageRef: {
    code: 400,
    parent: 'Invalid',
    message: 'Invalid image reference {image_href}: give the id of an image.',
  },
  ImageBadRequest: {
    code: 400,
    parent: 'Invalid',
    message: 'Request of image {image_id} got BadRequest response: {response}',
  },
  ImageNotAuthorized: { code: 403, message: 'Not authorized for image {image_id}.' },
  ImageNotActive: { code: 400, message: 'Image {image_id} is not active; upload its data or reactivate it first.' },
  ImageUnacceptable: { code: 400, parent: 'Invalid', message: 'Image {image_id} is unacceptable: {reason}' },
  GlanceConnectionFailed: { code: 500, message: 'Connection to glance host {server} failed: {reason}' },
  InvalidImageConfigDrive: {
    code: 500,
    parent: 'Invalid',
    message: 'The config drive option of the image is invalid: {config_drive}.',
  },
  ConfigDriveInvalidValue: {
    code: 400,
    parent: 'Invalid',
    message: 'Invalid value for config_drive: {option}. Use true or false.',
  },
  InstanceUserDataMalformed: { code: 400, parent: 'Invalid', message: 'User data needs to be valid base 64.' },
  AutoDiskConfigDisabledByImage: {
    code: 400,
    parent: 'Invalid',
    message: 'Image {image} forbids automatic disk partitioning; use OS-DCF:diskConfig MANUAL.',
  },
  InvalidMetadata: { code: 400, parent: 'Invalid', message: 'Invalid metadata: {reason}' },
  InvalidMetadataSize: { code: 500, parent: 'Invalid', message: 'Invalid metadata size: {reason}' },
  FlavorMemoryTooSmall: {
    code: 400,
    message: "Flavor's memory of {flavor_ram} MB is below the image's min_ram of {min_ram} MB; choose a larger flavor.",
  },
  FlavorDiskTooSmall: { code: 400, message: "The flavor's disk is too small for the image." },
  FlavorDiskSmallerThanImage: {
    code: 400,
    parent: 'FlavorDiskTooSmall',
    message:
      "Flavor's disk is too small for requested image. Flavor disk is {flavor_size} bytes, image is {image_size} bytes.",
  },
  FlavorDiskSmallerThanMinDisk: {
    code: 400,
    parent: 'FlavorDiskTooSmall',
    message: "Flavor's disk of {flavor_size} bytes is smaller than the image's min_disk of {image_min_disk} bytes.",
  },
  VolumeSmallerThanMinDisk: {
    code: 400,
    parent: 'FlavorDiskTooSmall',
    message: "Volume of {volume_size} bytes is smaller than the image's min_disk of {image_min_disk} bytes.",
  },
  BootFromVolumeRequiredForZeroDiskFlavor: {
    code: 403,
    parent: 'Forbidden',
    message: 'Only volume-backed servers may use a flavor without a disk.',
  },
  QuotaError: { code: 413, message: 'Quota exceeded: code={code}.' },
  TooManyInstances: {
    code: 403,
    parent: 'QuotaError',
    message:
      'Quota exceeded for {overs}: Requested {req}, but already used {used} of {allowed} {overs}. Delete servers or raise the limit in [quota].',
  },
  MetadataLimitExceeded: {
    code: 403,
    parent: 'QuotaError',
    message: 'Maximum number of metadata items exceeds {allowed}.',
  },
  OnsetFileLimitExceeded: {
    code: 403,
    parent: 'QuotaError',
    message: 'Personality file limit exceeded: at most {allowed} files.',
  },
  OnsetFilePathLimitExceeded: {
    code: 403,
    parent: 'OnsetFileLimitExceeded',
    message: 'Personality file path exceeds maximum of {allowed}.',
  },
  OnsetFileContentLimitExceeded: {
    code: 403,
    parent: 'OnsetFileLimitExceeded',
    message: 'Personality file content exceeds maximum of {allowed} bytes.',
  },
  PortLimitExceeded: { code: 403, parent: 'QuotaError', message: 'Maximum number of ports exceeded.' },
  InvalidFixedIpAndMaxCountRequest: { code: 400, parent: 'Invalid', message: 'Invalid fixed IP request: {reason}' },
  MultiplePortsNotApplicable: {
    code: 400,
    parent: 'Invalid',
    message: 'Port id cannot be used for more than one server: {reason}',
  },
  InvalidBDM: { code: 400, parent: 'Invalid', message: 'Block Device Mapping is Invalid.' },
  InvalidBDMImage: {
    code: 400,
    parent: 'InvalidBDM',
    message: 'Block Device Mapping is Invalid: failed to get image {id}.',
  },
  InvalidBDMVolume: {
    code: 400,
    parent: 'InvalidBDM',
    message:
      'Block Device Mapping is Invalid: failed to get volume {id}: the lab has no volume service; boot from an image.',
  },
  InvalidBDMSnapshot: {
    code: 400,
    parent: 'InvalidBDM',
    message:
      'Block Device Mapping is Invalid: failed to get snapshot {id}: the lab has no volume service; boot from an image.',
  },
  InvalidBDMBootSequence: {
    code: 400,
    parent: 'InvalidBDM',
    message: 'Block Device Mapping is Invalid: the boot indexes must run 0, 1, 2, … without gaps.',
  },
  InvalidBDMEphemeralSize: {
    code: 400,
    parent: 'InvalidBDM',
    message: 'Ephemeral disks requested are larger than the instance type allows.',
  },
  InvalidBDMFormat: { code: 400, parent: 'InvalidBDM', message: 'Block Device Mapping is Invalid: {details}' },
  InvalidBDMSwapSize: {
    code: 400,
    parent: 'InvalidBDM',
    message: 'Swap drive requested is larger than instance type allows.',
  },
  InvalidBDMLocalsLimit: {
    code: 400,
    parent: 'InvalidBDM',
    message: 'Block Device Mapping is Invalid: more than {allowed} local devices (max_local_block_devices).',
  },
  NoValidHost: { code: 500, message: 'No valid host was found. {reason}' },
  MaxRetriesExceeded: { code: 500, parent: 'NoValidHost', message: 'Exceeded maximum number of retries. {reason}' },
  BuildAbortException: { code: 500, message: 'Build of instance {instance_uuid} aborted: {reason}' },
  RescheduledException: { code: 500, message: 'Build of instance {instance_uuid} was re-scheduled: {reason}' },
  ComputeResourcesUnavailable: { code: 500, message: 'Insufficient compute resources: {reason}.' },
  InvalidDiskInfo: { code: 500, parent: 'Invalid', message: 'Disk info file is invalid: {reason}' },
  InvalidDiskFormat: { code: 400, parent: 'Invalid', message: 'Disk format {disk_format} is not acceptable.' },
  FixedIpLimitExceeded: { code: 403, parent: 'QuotaError', message: 'Maximum number of fixed IPs exceeded.' },
  NoMoreFixedIps: { code: 500, message: 'No fixed IP addresses available for network: {net}' },
  NoMoreNetworks: { code: 500, message: 'No more available networks.' },
  VirtualInterfaceCreateException: { code: 500, message: 'Virtual Interface creation failed' },
  InstanceExists: { code: 409, message: 'Instance {name} already exists.' },
  InstanceInvalidState: {
    code: 409,
    message: 'Instance {instance_uuid} in {attr} {state}. Cannot {method} while the instance is in this state.',
  },
  InstanceUpdateConflict: {
    code: 409,
    message: 'Conflict updating instance {instance_uuid}. Expected: {expected}. Actual: {actual}',
  },
  UnexpectedTaskStateError: {
    code: 500,
    parent: 'InstanceUpdateConflict',
    message: 'Conflict updating instance {instance_uuid}. Expected: {expected}. Actual: {actual}',
  },
  UnexpectedDeletingTaskStateError: {
    code: 500,
    parent: 'UnexpectedTaskStateError',
    message: 'Conflict updating instance {instance_uuid}: it is being deleted.',
  },
  UnexpectedVMStateError: {
    code: 500,
    parent: 'InstanceUpdateConflict',
    message: 'Conflict updating instance {instance_uuid}. Expected: {expected}. Actual: {actual}',
  },
  Base64Exception: { code: 500, message: 'The contents of injected file {path} are not base 64.' },
  ObjectActionError: { code: 500, message: 'Object action {action} failed because: {reason}' },
  InstanceActionNotFound: {
    code: 500,
    message: 'Action for request_id {request_id} on instance {instance_uuid} not found.',
  },
  InstanceFaultRollback: { code: 500, message: 'Instance rollback performed due to: {inner_exception}' },
});
