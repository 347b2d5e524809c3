import { projectRoot } from '@bootlab/openstack';
import { join } from 'node:path';

/** The processes of the lab, by the name they have in traces, logs and `bootlab status`. */
export const labServiceNames = [
  'lab',
  'conductor',
  'registry',
  'glance-api',
  'compute-manager',
  'compute-api',
] as const;
export type LabServiceName = (typeof labServiceNames)[number];

/** One process that a supervisor starts, watches and stops. */
export interface ServiceSpec {
  name: string;
  /** Compiled main module, absolute. */
  script: string;
  /** Options of Node.js for its process. */
  nodeOptions?: readonly string[];
  /** Names of the services that must be ready before this one starts. */
  after: readonly string[];
  /** The environment variable that sets its port; used to give a restarted service the port that others know. */
  portVariable?: string;
  /** The lab goes on without it: a failure to start counts as a death, and it is started again. */
  optional?: boolean;
}

const startsAfter: Record<LabServiceName, LabServiceName[]> = {
  lab: [],
  registry: [],
  'glance-api': [],
  conductor: [],
  // On its start it asks the conductor for the instances that a crash left building.
  'compute-manager': ['conductor'],
  'compute-api': [],
};

const portVariables: Partial<Record<LabServiceName, string>> = {
  lab: 'BOOTLAB_LAB__LAB__PORT',
  registry: 'BOOTLAB_GLANCE_REGISTRY__DEFAULT__BIND_PORT',
  'glance-api': 'BOOTLAB_GLANCE_API__DEFAULT__BIND_PORT',
  'compute-api': 'BOOTLAB_NOVA__DEFAULT__OSAPI_COMPUTE_LISTEN_PORT',
};

/**
 * V8's young generation grows to 16 MiB twice over while the modules load and never shrinks again, which costs each idle
 * process 25 MiB.
 */
const NODE_OPTIONS = ['--max-semi-space-size=4', '--v8-pool-size=1'];

/** Every service of the lab, in the order in which they start. They stop in the opposite order. */
export function labServices(dist: string = join(projectRoot(), 'dist')): ServiceSpec[] {
  return labServiceNames.map((name) => ({
    name,
    script: join(dist, 'apps', name, 'src/main.js'),
    nodeOptions: NODE_OPTIONS,
    after: startsAfter[name],
    portVariable: portVariables[name],
  }));
}
