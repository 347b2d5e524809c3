import type { Flavor } from '@bootlab/nova';
import { bookmarkLink, selfLink } from '../../links';
import type { NovaRequest } from '../../request';

/** An entry of the short list. Plays `nova.api.openstack.compute.views.flavors.ViewBuilder.basic`. */
export function basicFlavor(request: NovaRequest, { flavorid, name }: Flavor) {
  return {
    id: flavorid,
    name,
    links: [selfLink(request, 'flavors', flavorid), bookmarkLink(request, 'flavors', flavorid)],
  };
}

/** Memory and swap in MB, disks in GiB; no swap is an empty text. Plays `ViewBuilder.show`. */
export function showFlavor(request: NovaRequest, flavor: Flavor) {
  return {
    ...basicFlavor(request, flavor),
    ram: flavor.memory_mb,
    disk: flavor.root_gb,
    vcpus: flavor.vcpus,
    swap: flavor.swap === 0 ? '' : flavor.swap,
    rxtx_factor: flavor.rxtx_factor,
    'OS-FLV-EXT-DATA:ephemeral': flavor.ephemeral_gb,
    'OS-FLV-DISABLED:disabled': flavor.disabled,
    'os-flavor-access:is_public': flavor.is_public,
  };
}
