import { isUp, RequestSpec } from '@bootlab/nova';
import type { HostState, Resources } from '@bootlab/nova-db';
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

interface Counts {
  known: number;
  up: number;
  allowed: number;
}

function noValidHost(spec: RequestSpec, asked: Resources, { known, up, allowed }: Counts): Error {
  const { vcpus, memory_mb, disk_gb } = asked;
  const wish = `${spec.num_instances} times ${vcpus} VCPU, ${memory_mb} MB of memory and ${disk_gb} GiB of disk`;
  const reason =
    known === 0
      ? 'No compute host has registered; see `bootlab status`.'
      : up === 0
        ? 'No compute host is up and enabled; see `bootlab host list`.'
        : allowed === 0
          ? 'No host has the name or is in the availability zone that was asked for.'
          : `There are not enough hosts available for ${wish}.`;
  return new novaException.NoValidHost({ reason });
}

/** Most free memory first, then most free disk. */
function byRoom(a: HostState, b: HostState): number {
  return b.free.memory_mb - a.free.memory_mb || b.free.disk_gb - a.free.disk_gb;
}

export interface SelectionLimits {
  /** Hosts to name beside the chosen one, for when it cannot build the instance. */
  alternates: number;
  /** Seconds after its last report for which a host counts as up. */
  serviceDownTime: number;
}

/**
 * Picks for each instance of the request the host with most free memory of those that are up and have room, and names
 * alternates after it, which nothing is taken from.
 * @param count instances to place; each takes its share before the next one is placed
 * @throws NoValidHost unless all find a place
 */
export function selectHosts(
  spec: RequestSpec,
  count: number,
  hosts: HostState[],
  { alternates, serviceDownTime }: SelectionLimits,
): HostState[][] {
  const asked = resourcesOf(spec);
  const { availability_zone, force_hosts, ignore_hosts } = spec;
  const inZone = availability_zone === null || availability_zone === AVAILABILITY_ZONE;
  const up = hosts.filter(({ service }) => !service.disabled && isUp(service, serviceDownTime));
  let candidates = up.filter(
    ({ host }) => inZone && !ignore_hosts.includes(host) && (force_hosts.length === 0 || force_hosts.includes(host)),
  );
  const counts = { known: hosts.length, up: up.length, allowed: candidates.length };
  const fitting = () => candidates.filter(({ free }) => fits(free, asked)).sort(byRoom);
  const chosen: HostState[] = [];
  while (chosen.length < count) {
    const [best] = fitting();
    if (!best) throw noValidHost(spec, asked, counts);
    chosen.push(best);
    candidates = candidates.map((candidate) =>
      candidate.host === best.host ? { ...candidate, free: minus(candidate.free, asked) } : candidate,
    );
  }
  const left = fitting();
  return chosen.map((first) => [first, ...left.filter(({ host }) => host !== first.host).slice(0, alternates)]);
}
