/** `nova.compute.vm_states`, as far as a boot and a deletion need them. */
export const vmStates = {
  BUILDING: 'building',
  ACTIVE: 'active',
  ERROR: 'error',
  STOPPED: 'stopped',
  DELETED: 'deleted',
} as const;
export type VmState = (typeof vmStates)[keyof typeof vmStates];

/** `nova.compute.task_states`, as far as a boot and a deletion need them. */
export const taskStates = {
  SCHEDULING: 'scheduling',
  NETWORKING: 'networking',
  BLOCK_DEVICE_MAPPING: 'block_device_mapping',
  SPAWNING: 'spawning',
  DELETING: 'deleting',
} as const;

/** `nova.compute.power_state`. */
export const powerStates = { NOSTATE: 0, RUNNING: 1, SHUTDOWN: 4 } as const;

const serverStatus: Record<VmState, string> = {
  building: 'BUILD',
  active: 'ACTIVE',
  error: 'ERROR',
  stopped: 'SHUTOFF',
  deleted: 'DELETED',
};

/** The status of the compute API for a vm_state, e.g. `building` → `BUILD`. Plays `nova.api.openstack.common.status_from_state`. */
export function statusFromState(vmState: string): string {
  return serverStatus[vmState as VmState] ?? 'UNKNOWN';
}

/** Every status an image row may have at Queens. */
export const imageStatuses = [
  'queued',
  'saving',
  'uploading',
  'importing',
  'active',
  'deactivated',
  'killed',
  'pending_delete',
  'deleted',
] as const;
export type ImageStatus = (typeof imageStatuses)[number];

export const diskFormats = ['ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso', 'ploop'] as const;
export const containerFormats = ['ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker'] as const;
