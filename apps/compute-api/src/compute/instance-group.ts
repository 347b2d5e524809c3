import { novaException } from '@bootlab/openstack';

/** The lab has no server groups, so none can be named. @throws InvalidInput */
export function checkRequestedInstanceGroup({ group }: Record<string, unknown>): void {
  if (group === undefined) return;
  const named = typeof group === 'string' ? group : JSON.stringify(group);
  throw new novaException.InvalidInput({ reason: `there is no server group ${named}; leave the hint group out.` });
}
