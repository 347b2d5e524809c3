import { projectRoot } from '@bootlab/openstack';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A scenario's name; behind dots the values of its matrix, and a step. */
const NAME = /^[a-z0-9][\w-]*(?:\.[\w-]+)*$/i;

/** The folder of the reference traces, one a scenario. */
const folder = () => join(projectRoot(), 'traces');

/** Where a scenario's reference trace is, whether it is there or not; undefined for what cannot be a scenario's name. */
export function referencePath(scenario: string): string | undefined {
  return NAME.test(scenario) ? join(folder(), `${scenario}.json`) : undefined;
}

/** The scenarios that have a reference trace. */
export async function referenceNames(): Promise<string[]> {
  try {
    const files = await readdir(folder());
    return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
