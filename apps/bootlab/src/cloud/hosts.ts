import { ServiceClient } from '../http/service-client';

/** A compute host as the compute API shows it: memory in MB, disk in GiB; time in ISO 8601, UTC. */
export interface Host {
  name: string;
  state: 'up' | 'down';
  status: 'enabled' | 'disabled';
  /** When it last told that it is there. */
  last_report: string;
  servers: number;
  vcpus: number;
  vcpus_used: number;
  memory_mb: number;
  memory_mb_used: number;
  local_gb: number;
  local_gb_used: number;
}

interface ServiceRow extends Pick<Host, 'state' | 'status'> {
  host: string;
  updated_at: string;
}

type Amounts = 'vcpus' | 'vcpus_used' | 'memory_mb' | 'memory_mb_used' | 'local_gb' | 'local_gb_used';

interface HypervisorRow extends Pick<Host, Amounts> {
  running_vms: number;
  service: { host: string };
}

/** Every compute host that has registered. */
export async function hosts(): Promise<Host[]> {
  const compute = new ServiceClient('compute-api');
  const quiet = { quiet: true };
  const { services } = await compute.json<{ services: ServiceRow[] }>('/v2.1/os-services?binary=nova-compute', quiet);
  const { hypervisors } = await compute.json<{ hypervisors: HypervisorRow[] }>('/v2.1/os-hypervisors/detail', quiet);
  const byHost = new Map(hypervisors.map((row) => [row.service.host, row]));
  return services.flatMap(({ host, state, status, updated_at }) => {
    const row = byHost.get(host);
    // A host that has reported but not yet said what it has is still starting.
    if (row === undefined) return [];
    const { vcpus, vcpus_used, memory_mb, memory_mb_used, local_gb, local_gb_used, running_vms: servers } = row;
    const amounts = { servers, vcpus, vcpus_used, memory_mb, memory_mb_used, local_gb, local_gb_used };
    return { name: host, state, status, last_report: `${updated_at.slice(0, 19)}Z`, ...amounts };
  });
}
