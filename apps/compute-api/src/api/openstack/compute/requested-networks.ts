import { hop } from '@bootlab/hop';
import type { NetworkRequest } from '@bootlab/nova';
import { HttpException } from '@bootlab/openstack';
import type { ApiNetworks } from './schemas/servers';

/** @throws HttpException 400 for a network without uuid and port, and for an address on a port */
export const getRequestedNetworks = hop(
  'nova.api.openstack.compute.servers.ServersController._get_requested_networks',
  function getRequestedNetworks(networks: ApiNetworks): NetworkRequest[] {
    if (typeof networks === 'string') return [{ network_id: networks, address: null, port_id: null, tag: null }];
    return networks.map(({ uuid, port = null, fixed_ip = null }) => {
      if (port === null && uuid === undefined) {
        throw new HttpException(400, 'Bad network format: give each network its uuid, or a port.');
      }
      if (port !== null && fixed_ip !== null) {
        throw new HttpException(400, `The fixed IP ${fixed_ip} cannot be used with port ${port}: a port has its own.`);
      }
      return { network_id: port === null ? (uuid ?? null) : null, address: fixed_ip, port_id: port, tag: null };
    });
  },
  {
    in: (networks) => ({ 'network.requested': typeof networks === 'string' ? networks : networks.length }),
  },
);
