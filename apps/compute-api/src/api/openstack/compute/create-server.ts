import type { Flavor, NetworkRequest } from '@bootlab/nova';
import type { RequestedZone } from '../../../compute/availability-zone';
import type { BlockDevice, CreateRequest } from '../../../compute/create-request';
import type { CreateServerBody } from './schemas/servers';

/** What of a request has been read, looked up and checked already. */
export interface Parts {
  flavor: Flavor;
  imageHref: string;
  counts: { minCount: number; maxCount: number };
  zone: RequestedZone;
  adminPassword: string;
  devices: { devices: BlockDevice[]; legacy: boolean };
  networks: NetworkRequest[];
}

/** The body's own names → the compute API's. Plays `translate_attributes` and the functions of `_create_by_func_list`. */
export function createRequestOf(body: CreateServerBody, parts: Parts): CreateRequest {
  const { server } = body;
  const { flavor, imageHref, counts, zone, adminPassword, devices, networks } = parts;
  const diskConfig = server['OS-DCF:diskConfig'];
  return {
    flavor,
    imageHref,
    ...counts,
    displayName: server.name,
    keyName: server.key_name ?? null,
    securityGroups: securityGroups(server.security_groups),
    availabilityZone: zone.zone,
    forcedHost: zone.forcedHost,
    forcedNode: zone.forcedNode,
    userData: server.user_data ?? null,
    metadata: server.metadata ?? {},
    injectedFiles: (server.personality ?? []).map(({ path, contents }) => [path, contents]),
    adminPassword,
    blockDeviceMapping: devices.devices,
    legacyBdm: devices.legacy,
    accessIpV4: server.accessIPv4 ?? null,
    accessIpV6: server.accessIPv6 ?? null,
    requestedNetworks: networks,
    configDrive: server.config_drive ?? false,
    autoDiskConfig: diskConfig === undefined ? undefined : diskConfig === 'AUTO',
    schedulerHints: body['os:scheduler_hints'] ?? body['OS-SCH-HNT:scheduler_hints'] ?? {},
  };
}

/** Each group once; the group `default` when none is named. */
function securityGroups(groups: { name: string }[] = []): string[] {
  const names = [...new Set(groups.map(({ name }) => name))];
  return names.length > 0 ? names : ['default'];
}
