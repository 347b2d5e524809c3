import type { BlockDeviceMapping, Flavor, NetworkRequest } from '@bootlab/nova';

/** A disk that was asked for, before it belongs to an instance. `volume_size` in GiB, for swap in MB. */
export type BlockDevice = Omit<BlockDeviceMapping, 'uuid' | 'instance_uuid'>;

/** What a user asked for in `POST /servers`, read and with its flavor found: the keyword arguments of `API.create`. */
export interface CreateRequest {
  flavor: Flavor;
  /** Id or URL of the image; empty to boot from a block device. */
  imageHref: string;
  minCount: number;
  maxCount: number;
  displayName: string;
  keyName: string | null;
  securityGroups: string[];
  availabilityZone: string | null;
  forcedHost: string | null;
  forcedNode: string | null;
  /** Base 64. */
  userData: string | null;
  metadata: Record<string, string>;
  /** Pairs of path and base 64 contents. */
  injectedFiles: [string, string][];
  adminPassword: string;
  blockDeviceMapping: BlockDevice[];
  /** No `block_device_mapping_v2` was given, so the root disk is the image's. */
  legacyBdm: boolean;
  accessIpV4: string | null;
  accessIpV6: string | null;
  requestedNetworks: NetworkRequest[];
  /** As it came: true, false or a word for one of them. */
  configDrive: boolean | string;
  /** `OS-DCF:diskConfig`: AUTO is true. Undefined: as the image says. */
  autoDiskConfig: boolean | undefined;
  schedulerHints: Record<string, unknown>;
}
