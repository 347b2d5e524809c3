import { etcFolder, glanceApiConf, glanceRegistryConf, labConf, novaConf, OptionGroup } from '@bootlab/openstack';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigFile } from '../../schema/given';
import { suggest } from '../../schema/nearest';
import type { Path, Tell } from '../problem';
import type { Subject } from './subject';

const groups: Record<ConfigFile, Record<string, OptionGroup>> = {
  nova: novaConf.groups,
  'glance-api': glanceApiConf.groups,
  'glance-registry': glanceRegistryConf.groups,
  lab: labConf.groups,
};

function verifySection(group: OptionGroup, options: Record<string, unknown>, path: Path, tell: Tell): void {
  for (const [name, value] of Object.entries(options)) {
    const option = Object.hasOwn(group, name) ? group[name] : undefined;
    if (!option) {
      tell(
        [...path, name],
        `There is no option ${name} in [${String(path.at(-1))}].${suggest(name, Object.keys(group))}`,
      );
      continue;
    }
    try {
      option.parse(String(value));
    } catch (error) {
      tell([...path, name], `${name} ${(error as Error).message}; it takes ${option.form}.`);
    }
  }
}

function verifyConfig({ given }: Subject, tell: Tell): void {
  for (const [file, sections] of Object.entries(given.config ?? {})) {
    const known = groups[file as keyof typeof groups];
    for (const [section, options] of Object.entries(sections ?? {})) {
      const path = ['given', 'config', file, section];
      if (Object.hasOwn(known, section)) verifySection(known[section]!, options, path, tell);
      else tell(path, `There is no section [${section}] in ${file}.conf.${suggest(section, Object.keys(known))}`);
    }
  }
}

/** Names of the rules that the lab's policy file has. */
function knownRules(): string[] {
  return Object.keys(JSON.parse(readFileSync(join(etcFolder(), 'policy.json'), 'utf8')) as object);
}

function verifyPolicy({ given }: Subject, tell: Tell): void {
  const policy = given.policy;
  if (!policy) return;
  const known = knownRules();
  const referred = Object.values(policy).flatMap((rule) =>
    [...rule.matchAll(/\brule:([\w:]+)/g)].map(([, name]) => name!),
  );
  for (const name of Object.keys(policy)) {
    if (known.includes(name) || referred.includes(name)) continue;
    tell(['given', 'policy', name], `There is no rule ${name} in policy.json.${suggest(name, known)}`);
  }
  for (const name of referred) {
    if (known.includes(name) || Object.hasOwn(policy, name)) continue;
    tell(['given', 'policy'], `There is no rule ${name} that rule:${name} could stand for.${suggest(name, known)}`);
  }
}

/** Options and policy rules must be such as the services read. */
export function verifySettings(subject: Subject, tell: Tell): void {
  verifyConfig(subject, tell);
  verifyPolicy(subject, tell);
}
