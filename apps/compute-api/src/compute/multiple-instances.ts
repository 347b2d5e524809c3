import { hop } from '@bootlab/hop';
import type { NetworkRequest } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';

/** @throws InvalidFixedIpAndMaxCountRequest: an address belongs to one server */
export const checkMultipleInstancesWithSpecifiedIp = hop(
  'nova.compute.api.API._check_multiple_instances_with_specified_ip',
  function checkMultipleInstancesWithSpecifiedIp(networks: NetworkRequest[]): void {
    if (networks.every(({ address }) => address === null)) return;
    throw new novaException.InvalidFixedIpAndMaxCountRequest({
      reason: 'a fixed_ip goes to one server; ask for one server, or leave the address out.',
    });
  },
);

/** @throws MultiplePortsNotApplicable: a port belongs to one server */
export const checkMultipleInstancesWithNeutronPorts = hop(
  'nova.compute.api.API._check_multiple_instances_with_neutron_ports',
  function checkMultipleInstancesWithNeutronPorts(networks: NetworkRequest[]): void {
    if (networks.every(({ port_id }) => port_id === null)) return;
    throw new novaException.MultiplePortsNotApplicable({
      reason: 'ask for one server, or name networks instead of ports.',
    });
  },
);
