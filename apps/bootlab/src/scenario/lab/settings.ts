import { envVariable } from '@bootlab/openstack';
import type { Level } from '@bootlab/trace-model';
import type { Given, LoadedScenario, NamedStep, ScenarioCase } from '@bootlab/scenario';
import type { ServersAsked } from '../servers/own-servers';

/** What a lab must be like for a scenario. */
export interface LabSettings {
  /** Variables over those that every lab of a run has. */
  env: Record<string, string>;
  policy?: Given['policy'];
  propertyProtections?: Given['property_protections'];
  /** What it runs over in the place of what is built in. */
  servers?: ServersAsked;
  /** Whether nova's services are needed. */
  compute: boolean;
  /** Why no other scenario may use this lab at the same time or later. */
  alone?: string;
  /** Why a lab that runs already does not do. */
  own?: string;
}

/** Name of the file with a scenario's property protections, in its copy of `etc`. */
export const PROTECTIONS = 'property-protections.conf';

const HOST_OPTIONS = ['vcpus', 'memory_mb', 'local_gb'] as const;

function environment(
  { config = {}, hosts = {}, property_protections: protections }: Given,
  level: Level,
): Record<string, string> {
  const env: Record<string, string> = { BOOTLAB_LAB__LAB__LEVEL: level === 'detail' ? 'detail' : 'path' };
  for (const [file, sections] of Object.entries(config)) {
    for (const [section, options] of Object.entries(sections)) {
      for (const [option, value] of Object.entries(options)) {
        env[envVariable(`${file}.conf`, section, option)] = String(value);
      }
    }
  }
  if (hosts.count !== undefined) env['BOOTLAB_LAB__LAB__HOSTS'] = String(hosts.count);
  for (const option of HOST_OPTIONS) {
    if (hosts[option] !== undefined) env[`BOOTLAB_NOVA__COMPUTE_HOST__${option.toUpperCase()}`] = String(hosts[option]);
  }
  if (protections !== undefined) env['BOOTLAB_GLANCE_API__DEFAULT__PROPERTY_PROTECTION_FILE'] = PROTECTIONS;
  return env;
}

function allSteps({ when }: LoadedScenario): NamedStep[] {
  return when.flatMap((step) => step.parallel ?? [step]);
}

/** Undefined when everything is as built in. */
function servers({ transport, database, hosts }: Given): ServersAsked | undefined {
  const asked = {
    transport: transport === 'tcp' ? undefined : transport,
    database: database === 'sqlite' ? undefined : database,
  };
  return (asked.transport ?? asked.database) ? { ...asked, hosts: hosts?.count ?? 1 } : undefined;
}

const NOVA = /^(compute-api|conductor|compute-manager(@.*)?)$/;

function usesCompute(scenario: LoadedScenario): boolean {
  const { cache, flavors, hosts, config, transport } = scenario.given;
  if (cache === 'warm' || [flavors, hosts, config?.nova, transport].some((given) => given !== undefined)) return true;
  return allSteps(scenario).some(
    ({ boot, delete: deleted, wait, http, restart, stop }) =>
      boot !== undefined ||
      deleted?.server !== undefined ||
      typeof wait === 'object' ||
      [http?.service, restart, stop].some((name) => NOVA.test(name ?? '')),
  );
}

function alone(scenario: LoadedScenario): string | undefined {
  const steps = allSteps(scenario);
  if (steps.some(({ restart, stop }) => (restart ?? stop) !== undefined)) return 'it stops or restarts a service';
  if (steps.some(({ cut }) => cut !== undefined)) return 'it cuts a connection';
  return scenario.faults.some(({ kill }) => kill) ? 'it kills a service' : undefined;
}

function own({ config, policy, property_protections, hosts, transport, database }: Given): string | undefined {
  const named = { config, policy, property_protections, hosts, transport, database };
  const keys = Object.entries(named).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  return keys.length === 0 ? undefined : `it sets ${keys.join(' and ')}`;
}

/** What lab a case needs, recorded as deep as `level`. */
export function labSettings({ scenario }: ScenarioCase, level: Level): LabSettings {
  const { given } = scenario;
  const lone = alone(scenario);
  return {
    env: environment(given, level),
    servers: servers(given),
    policy: given.policy,
    propertyProtections: given.property_protections,
    compute: usesCompute(scenario),
    alone: lone,
    own: lone ?? own(given),
  };
}
