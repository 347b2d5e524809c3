import {
  etcFolder,
  glanceApiConf,
  glanceRegistryConf,
  labConf,
  novaConf,
  OptionGroup,
  parseRule,
} from '@bootlab/openstack';
import { distance } from 'fastest-levenshtein';
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

const aPort = 'take it away; every lab of a run has free ports';
/** Options that would lead a lab of the run away from the rest of it. */
const chosenByRun: Record<string, string> = {
  transport_url: 'say transport: rabbitmq in given',
  connection: 'say database: mysql or postgresql in given',
  osapi_compute_listen_port: aPort,
  bind_port: aPort,
  registry_port: aPort,
  port: aPort,
};

function verifySection(group: OptionGroup, options: Record<string, unknown>, path: Path, tell: Tell): void {
  for (const [name, value] of Object.entries(options)) {
    const option = Object.hasOwn(group, name) ? group[name] : undefined;
    const chosen = chosenByRun[name];
    if (chosen !== undefined) {
      tell([...path, name], `The run chooses ${name} itself: ${chosen}.`);
      continue;
    }
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

const CHECKS = ['rule', 'role'];

/** What is wrong with a rule, or with the rules it refers to. A check of another kind compares what is known of the user. */
function ruleProblem(rule: string, known: readonly string[]): string | undefined {
  try {
    parseRule(rule);
  } catch (error) {
    return `This rule is wrong: ${(error as Error).message}`;
  }
  for (const [, kind = '', name = ''] of rule.matchAll(/\b(\w+):([\w:]+)/g)) {
    if (kind === 'rule' && !known.includes(name)) return `There is no rule ${name} that rule:${name} could stand for.${suggest(name, known)}`; // prettier-ignore
    const isSlip = !CHECKS.includes(kind) && CHECKS.some((check) => distance(check, kind) === 1);
    if (isSlip) return `There is no check ${kind}:. Write role:${name} or rule:${name}.`;
  }
  return undefined;
}

function verifyPolicy({ given: { policy } }: Subject, tell: Tell): void {
  if (policy === undefined) return;
  const known = knownRules();
  const all = [...known, ...Object.keys(policy)];
  const used = Object.values(policy).flatMap((rule) => [...rule.matchAll(/\brule:([\w:]+)/g)].map(([, name]) => name));
  for (const [name, rule] of Object.entries(policy)) {
    if (!known.includes(name) && !used.includes(name)) tell(['given', 'policy', name], `There is no rule ${name} in policy.json.${suggest(name, known)}`); // prettier-ignore
    const problem = ruleProblem(rule, all);
    if (problem !== undefined) tell(['given', 'policy', name], problem);
  }
}

/** The name of a protected property is a pattern. */
function verifyProtections({ given }: Subject, tell: Tell): void {
  for (const name of Object.keys(given.property_protections ?? {})) {
    try {
      new RegExp(name);
    } catch (error) {
      tell(['given', 'property_protections', name], `${(error as Error).message}. Correct it, or write ".*" for any property.`); // prettier-ignore
    }
  }
}

/** Options and policy rules must be such as the services read. */
export function verifySettings(subject: Subject, tell: Tell): void {
  verifyConfig(subject, tell);
  verifyPolicy(subject, tell);
  verifyProtections(subject, tell);
}
