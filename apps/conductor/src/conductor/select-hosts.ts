import type { HostState, RequestSpec, Resources } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';

/** The only zone there is: `default_availability_zone`. */
export const AVAILABILITY_ZONE = 'nova';

const MIB_PER_GIB = 1024;

/** What one instance of the request takes. Plays `nova.scheduler.utils.resources_from_request_spec`. */
export function resourcesOf({ flavor }: RequestSpec): Resources {
  const { vcpus, memory_mb, root_gb, ephemeral_gb, swap } = flavor;
  return { vcpus, memory_mb, disk_gb: root_gb + ephemeral_gb + Math.ceil(swap / MIB_PER_GIB) };
}

function fits(free: Resources, asked: Resources): boolean {
  return free.vcpus >= asked.vcpus && free.memory_mb >= asked.memory_mb && free.disk_gb >= asked.disk_gb;
}

function minus(free: Resources, taken: Resources): Resources {
  return {
    vcpus: free.vcpus - taken.vcpus,
    memory_mb: free.memory_mb - taken.memory_mb,
    disk_gb: free.disk_gb - taken.disk_gb,
  };
}

function noValidHost(spec: RequestSpec, asked: Resources, allowed: number, known: number): Error {
  const { vcpus, memory_mb, disk_gb } = asked;
  const wish = `${spec.num_instances} times ${vcpus} VCPU, ${memory_mb} MB of memory and ${disk_gb} GiB of disk`;
  const reason =
    known === 0
      ? 'No compute host has registered; see `bootlab status`.'
      : allowed === 0
        ? 'No host has the name or is in the availability zone that was asked for.'
        : `There are not enough hosts available for ${wish}.`;
  return new novaException.NoValidHost({ reason });
}

/**
 * Picks a host for each instance of the request: of those that have room the one with most free memory, then disk.
 * @param count instances to place; each takes its share before the next one is placed
 * @throws NoValidHost unless all find a place
 */
export function selectHosts(spec: RequestSpec, count: number, hosts: HostState[]): HostState[] {
  const asked = resourcesOf(spec);
  const { availability_zone, force_hosts, ignore_hosts } = spec;
  const inZone = availability_zone === null || availability_zone === AVAILABILITY_ZONE;
  let candidates = hosts.filter(
    ({ host }) => inZone && !ignore_hosts.includes(host) && (force_hosts.length === 0 || force_hosts.includes(host)),
  );
  const chosen: HostState[] = [];
  const allowed = candidates.length;
  while (chosen.length < count) {
    const [best] = candidates
      .filter(({ free }) => fits(free, asked))
      .sort((a, b) => b.free.memory_mb - a.free.memory_mb || b.free.disk_gb - a.free.disk_gb);
    if (!best) throw noValidHost(spec, asked, allowed, hosts.length);
    chosen.push(best);
    candidates = candidates.map((candidate) =>
      candidate.host === best.host ? { ...candidate, free: minus(candidate.free, asked) } : candidate,
    );
  }
  return chosen;
}
