import { labConf, loadConf, novaConf, projectRoot } from '@bootlab/openstack';
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
  /** Variables over those that all services have. */
  env?: NodeJS.ProcessEnv;
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

/** Each of several compute hosts: its name, and a folder of its own for its instances and its cache. */
function hosts(count: number, instancesPath: string): Pick<ServiceSpec, 'name' | 'env'>[] {
  return Array.from({ length: count }, (_, index) => {
    const host = `compute${index + 1}`;
    const env = {
      BOOTLAB_NOVA__DEFAULT__HOST: host,
      BOOTLAB_NOVA__DEFAULT__INSTANCES_PATH: join(instancesPath, host),
    };
    return { name: `compute-manager@${host}`, env };
  });
}

/**
 * Every service of the lab, in the order in which they start. They stop in the opposite order. Of several compute hosts,
 * `[lab] hosts`, each is a service `compute-manager@<host>`.
 * @throws ConfigError
 */
export function labServices(env: NodeJS.ProcessEnv = process.env): ServiceSpec[] {
  const count = loadConf(labConf, env).lab.hosts;
  const several = count > 1 ? hosts(count, loadConf(novaConf, env).DEFAULT.instances_path) : [];
  return labServiceNames.flatMap((name) => {
    const service: ServiceSpec = {
      name,
      script: join(projectRoot(), 'dist/apps', name, 'src/main.js'),
      nodeOptions: NODE_OPTIONS,
      after: startsAfter[name],
      portVariable: portVariables[name],
    };
    if (name !== 'compute-manager' || several.length === 0) return service;
    return several.map((host) => ({ ...service, ...host }));
  });
}
