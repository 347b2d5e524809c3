/** What a compute host has: memory in MB, disk in GiB. Plays `nova.objects.compute_node.ComputeNode`. */
export interface ComputeNode {
  id: number;
  uuid: string;
  service_id: number;
  host: string;
  hypervisor_hostname: string;
  hypervisor_type: string;
  vcpus: number;
  memory_mb: number;
  local_gb: number;
  /** Memory the host keeps for itself. */
  reserved_memory_mb: number;
  /** How many times over the processors, the memory and the disk may be promised. */
  cpu_allocation_ratio: number;
  ram_allocation_ratio: number;
  disk_allocation_ratio: number;
}
