import type { RequestSpec } from '../objects/request-spec';

/** Most that instances on a host may use together; what is not named is not limited. Memory in MB, disk in GiB. */
export interface Limits {
  memory_mb?: number;
  disk_gb?: number;
  vcpu?: number;
}

/** A host picked for an instance. Plays `nova.objects.selection.Selection`. */
export interface Selection {
  service_host: string;
  nodename: string;
  limits: Limits;
}

/** How often, and where, an instance has been tried. */
export interface Retry {
  num_attempts: number;
  /** Pairs of host and node. */
  hosts: [string, string][];
  /** Why the last attempt failed; there from a failure to the next attempt. */
  exc_reason?: string;
}

/** What the scheduler decided for one instance, in the form that travels to the host. */
export interface FilterProperties {
  /** Absent when nothing would be retried. */
  retry?: Retry;
  limits: Limits;
  force_hosts: string[];
  force_nodes: string[];
  scheduler_hints: Record<string, unknown>;
}

/** Plays `RequestSpec.to_legacy_filter_properties_dict`. */
export function filterPropertiesOf({ force_hosts, force_nodes, scheduler_hints }: RequestSpec): FilterProperties {
  return { limits: {}, force_hosts, force_nodes, scheduler_hints };
}
