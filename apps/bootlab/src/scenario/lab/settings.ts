import { envPrefix } from '@bootlab/openstack';
import type { Level } from '@bootlab/trace-model';
import type { Given, LoadedScenario, NamedStep, ScenarioCase } from '@bootlab/scenario';

/** What a lab must be like for a scenario. */
export interface LabSettings {
  /** Variables over those that every lab of a run has. */
  env: Record<string, string>;
  policy?: Given['policy'];
  propertyProtections?: Given['property_protections'];
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
        env[`${envPrefix(`${file}.conf`)}${section.toUpperCase()}__${option.toUpperCase()}`] = String(value);
      }
    }
  }
  for (const option of HOST_OPTIONS) {
    if (hosts[option] !== undefined) env[`BOOTLAB_NOVA__COMPUTE_HOST__${option.toUpperCase()}`] = String(hosts[option]);
  }
  if (protections !== undefined) env['BOOTLAB_GLANCE_API__DEFAULT__PROPERTY_PROTECTION_FILE'] = PROTECTIONS;
  return env;
}

function allSteps({ when }: LoadedScenario): NamedStep[] {
  return when.flatMap((step) => step.parallel ?? [step]);
}

const NOVA = new Set(['compute-api', 'conductor', 'compute-manager']);

function usesCompute(scenario: LoadedScenario): boolean {
  const { cache, flavors, hosts, config } = scenario.given;
  if (cache === 'warm' || flavors !== undefined || hosts !== undefined || config?.nova !== undefined) return true;
  return allSteps(scenario).some(
    ({ boot, delete: deleted, wait, http, restart }) =>
      boot !== undefined ||
      deleted?.server !== undefined ||
      typeof wait === 'object' ||
      NOVA.has(http?.service ?? '') ||
      NOVA.has(restart ?? ''),
  );
}

function alone(scenario: LoadedScenario): string | undefined {
  if (allSteps(scenario).some(({ restart }) => restart !== undefined)) return 'it restarts a service';
  return scenario.faults.some(({ kill }) => kill) ? 'it kills a service' : undefined;
}

function own({ config, policy, property_protections: protections, hosts }: Given): string | undefined {
  const named = { config, policy, property_protections: protections, hosts };
  const keys = Object.entries(named).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  return keys.length === 0 ? undefined : `it sets ${keys.join(' and ')}`;
}

/** What lab a case needs, recorded as deep as `level`. */
export function labSettings({ scenario }: ScenarioCase, level: Level): LabSettings {
  const { given } = scenario;
  const lone = alone(scenario);
  return {
    env: environment(given, level),
    policy: given.policy,
    propertyProtections: given.property_protections,
    compute: usesCompute(scenario),
    alone: lone,
    own: lone ?? own(given),
  };
}
