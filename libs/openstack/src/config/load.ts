import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { etcFolder, labHome } from '../home';
import { IniEntry, parseIni } from './ini';
import type { Option, OptionGroup } from './option';

/** A configuration file and its options: section → option → type, default, help. */
export interface ConfSpec<G extends Record<string, OptionGroup>> {
  /** File name in the `etc` folder, e.g. `glance-api.conf`. */
  file: string;
  groups: G;
}

export type Conf<G extends Record<string, OptionGroup>> = {
  readonly [S in keyof G]: { readonly [O in keyof G[S]]: G[S][O] extends Option<infer T> ? T : never };
};

/** Every mistake of a configuration at once, one a line, each with its place. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

interface Setting extends Omit<IniEntry, 'line'> {
  place: string;
}

/** `glance-api.conf` → `BOOTLAB_GLANCE_API__`; then `<SECTION>__<OPTION>` in capitals. */
export function envPrefix(file: string): string {
  return `BOOTLAB_${file.replace(/\.conf$/, '').replaceAll('-', '_').toUpperCase()}__`; // prettier-ignore
}

/** The variable that sets an option of a file, e.g. `BOOTLAB_GLANCE_API__DEFAULT__BIND_PORT`. */
export function envVariable(file: string, section: string, name: string): string {
  return `${envPrefix(file)}${section.toUpperCase()}__${name.toUpperCase()}`;
}

function fromEnvironment(file: string, env: NodeJS.ProcessEnv): Setting[] {
  const prefix = envPrefix(file);
  return Object.entries(env).flatMap(([variable, value]) => {
    if (!variable.startsWith(prefix) || value === undefined) return [];
    const [section = '', ...name] = variable.slice(prefix.length).toLowerCase().split('__');
    return [{ section, name: name.join('__'), value, place: `environment: ${variable}` }];
  });
}

function nearest(word: string, words: string[]): string {
  return words.length > 0 ? ` Did you mean ${closest(word, words)}?` : '';
}

/**
 * Reads one configuration file, then the environment over it. A missing file means defaults.
 * `$state_path` in a value is the lab's home.
 * @throws ConfigError naming file, line and the nearest right name for each mistake
 */
export function loadConf<G extends Record<string, OptionGroup>>(
  spec: ConfSpec<G>,
  env: NodeJS.ProcessEnv = process.env,
): Conf<G> {
  const path = join(etcFolder(env), spec.file);
  const { entries, problems } = parseIni(existsSync(path) ? readFileSync(path, 'utf8') : '');
  const wrong = problems.map(({ line, message }) => `${path}:${line}: ${message}`);
  const settings: Setting[] = [
    ...entries.map((entry) => ({ ...entry, place: `${path}:${entry.line}` })),
    ...fromEnvironment(spec.file, env),
  ];

  const values: Record<string, Record<string, unknown>> = {};
  for (const [section, group] of Object.entries(spec.groups)) {
    values[section] = Object.fromEntries(
      Object.entries(group).map(([name, { default: value }]) => [name, interpolate(value, env)]),
    );
  }
  for (const { section, name, value, place } of settings) {
    const found = Object.keys(spec.groups).find((known) => known.toLowerCase() === section.toLowerCase());
    const group = found === undefined ? undefined : spec.groups[found];
    const known = group?.[name];
    if (!group || found === undefined) {
      wrong.push(`${place}: no section [${section}] in ${spec.file}.${nearest(section, Object.keys(spec.groups))}`);
    } else if (!known) {
      wrong.push(`${place}: no option ${name} in [${found}].${nearest(name, Object.keys(group))}`);
    } else {
      try {
        values[found]![name] = interpolate(known.parse(value), env);
      } catch (error) {
        wrong.push(`${place}: ${name} ${(error as Error).message}; it takes ${known.form}.`);
      }
    }
  }
  if (wrong.length > 0) throw new ConfigError(wrong);
  return values as Conf<G>;
}

function interpolate(value: unknown, env: NodeJS.ProcessEnv): unknown {
  return typeof value === 'string' ? value.replaceAll('$state_path', labHome(env)) : value;
}
