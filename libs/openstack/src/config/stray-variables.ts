import { closest } from 'fastest-levenshtein';
import { glanceApiConf, glanceRegistryConf } from './glance';
import { labConf } from './lab';
import { envPrefix } from './load';
import { novaConf } from './nova';

const PREFIXES = [novaConf, glanceApiConf, glanceRegistryConf, labConf].map(({ file }) => envPrefix(file));

/** What is wrong with variables that have the form of an option but name no configuration file, each with the nearest right name. */
export function strayVariables(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env).flatMap((variable) => {
    const prefix = /^BOOTLAB_.*?__/.exec(variable)?.[0];
    if (prefix === undefined || PREFIXES.includes(prefix)) return [];
    const meant = closest(prefix, PREFIXES) + variable.slice(prefix.length);
    return `environment: ${variable}: no configuration file has the prefix ${prefix}. Did you mean ${meant}?`;
  });
}
