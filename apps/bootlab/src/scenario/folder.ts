import { projectRoot } from '@bootlab/openstack';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Where scenarios are looked for by name and tag: `scenarios/` of the working folder, or else of the project. */
export function scenariosFolder(): string {
  if (existsSync('scenarios')) return 'scenarios';
  const ofProject = join(projectRoot(), 'scenarios');
  const fromHere = relative('', ofProject);
  return fromHere.startsWith('..') ? ofProject : fromHere;
}
