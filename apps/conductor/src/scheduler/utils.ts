import { hop, noteAttributes } from '@bootlab/hop';
import type { FilterProperties, RequestSpec, Selection } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';

/** Fills the hosts and policy of the request's server group in. */
export const setupInstanceGroup = hop(
  'nova.scheduler.utils.setup_instance_group',
  function setupInstanceGroup({ instance_group }: RequestSpec): void {
    noteAttributes({ 'server_group.id': instance_group ?? 'None' });
    if (instance_group === null) return;
    throw new novaException.InvalidInput({ reason: `there is no server group ${instance_group}` });
  },
);

/**
 * Counts the attempt, unless the first one is the only one: one host is named, or no more than one may be tried.
 * @param maxAttempts hosts that may be tried for one instance, `[scheduler] max_attempts`
 * @throws MaxRetriesExceeded
 */
export const populateRetry = hop(
  'nova.scheduler.utils.populate_retry',
  function populateRetry(properties: FilterProperties, _instanceUuid: string, maxAttempts: number): void {
    const { force_hosts, force_nodes } = properties;
    if (maxAttempts === 1 || force_hosts.length === 1 || force_nodes.length === 1) return;
    properties.retry ??= { num_attempts: 0, hosts: [] };
    properties.retry.num_attempts += 1;
    const { num_attempts: attempts, exc_reason: lastReason } = properties.retry;
    delete properties.retry.exc_reason;
    noteAttributes({
      'retry.num_attempts': attempts,
      ...(lastReason === undefined ? {} : { 'retry.last_exception': lastReason }),
    });
    if (attempts <= maxAttempts) return;
    const reason = `${maxAttempts} hosts have tried to build the instance. The last one: ${lastReason ?? 'unknown'}`;
    throw new novaException.MaxRetriesExceeded({ reason });
  },
  { in: (_properties, uuid) => ({ 'instance.uuid': uuid }) },
);

/** Notes the picked host and its limits. */
export const populateFilterProperties = hop(
  'nova.scheduler.utils.populate_filter_properties',
  function populateFilterProperties(properties: FilterProperties, { service_host, nodename, limits }: Selection): void {
    properties.retry?.hosts.push([service_host, nodename]);
    properties.limits = limits;
  },
  { in: (_properties, { service_host }) => ({ 'instance.host': service_host }) },
);
