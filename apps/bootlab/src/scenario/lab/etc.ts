import { etcFolder } from '@bootlab/openstack';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabSettings, PROTECTIONS } from './settings';

type Protections = NonNullable<LabSettings['propertyProtections']>;

/** Rules of an oslo.config file with a section a property, which is itself a pattern. */
function protectionFile(protections: Protections): string {
  return Object.entries(protections)
    .map(([property, rules]) =>
      [`[${property}]`, ...Object.entries(rules).map(([act, roles]) => `${act} = ${roles}`), ''].join('\n'),
    )
    .join('\n');
}

/**
 * A copy of the configuration's folder below `home`, with the rules that a scenario changes.
 * @returns the variables that name it; none when nothing changes
 */
export function ownEtc(home: string, { policy, propertyProtections }: LabSettings): Record<string, string> {
  if (policy === undefined && propertyProtections === undefined) return {};
  const folder = join(home, 'etc');
  cpSync(etcFolder(), folder, { recursive: true });
  if (policy !== undefined) {
    const file = join(folder, 'policy.json');
    const rules = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    writeFileSync(file, `${JSON.stringify({ ...rules, ...policy }, undefined, 2)}\n`);
  }
  if (propertyProtections !== undefined) writeFileSync(join(folder, PROTECTIONS), protectionFile(propertyProtections));
  return { BOOTLAB_ETC: folder };
}
