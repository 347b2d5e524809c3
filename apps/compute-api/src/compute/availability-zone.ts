import { hop } from '@bootlab/hop';
import { novaException } from '@bootlab/openstack';

/** Every host of the lab is in this zone, `default_availability_zone`. */
export const DEFAULT_AVAILABILITY_ZONE = 'nova';

export interface RequestedZone {
  zone: string | null;
  forcedHost: string | null;
  forcedNode: string | null;
}

/** `zone[:host[:node]]` → its parts. @throws InvalidInput for more than two colons */
export const parseAvailabilityZone = hop(
  'nova.compute.api.API.parse_availability_zone',
  function parseAvailabilityZone(zone: string | undefined): RequestedZone {
    const [name, host, node, ...more] = (zone ?? '').split(':');
    if (more.length > 0) {
      throw new novaException.InvalidInput({
        reason: `availability_zone '${zone}' is not ZONE, ZONE:HOST or ZONE:HOST:NODE.`,
      });
    }
    return { zone: name || null, forcedHost: host || null, forcedNode: node || null };
  },
  { in: (zone) => ({ 'instance.availability_zone': zone }) },
);

/** @throws InvalidRequest when there is no such zone; who names a host need not name its zone rightly */
export function checkAvailabilityZone({ zone, forcedHost }: Pick<RequestedZone, 'zone' | 'forcedHost'>): void {
  if (zone === null || forcedHost !== null || zone === DEFAULT_AVAILABILITY_ZONE) return;
  throw new novaException.InvalidRequest({
    reason: `the availability zone '${zone}' is not available; there is ${DEFAULT_AVAILABILITY_ZONE}.`,
  });
}
