import {
  ConfigError,
  glanceApiConf,
  glanceRegistryConf,
  labConf,
  loadConf,
  novaConf,
  strayVariables,
} from '@bootlab/openstack';

/**
 * Reads every configuration file as the services will.
 * @throws ConfigError with the mistakes of all of them
 */
export function checkConfiguration(env: NodeJS.ProcessEnv): void {
  const problems = [
    () => loadConf(labConf, env),
    () => loadConf(glanceRegistryConf, env),
    () => loadConf(glanceApiConf, env),
    () => loadConf(novaConf, env),
  ].flatMap((load) => {
    try {
      load();
      return [];
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
  });
  problems.push(...strayVariables(env));
  if (problems.length > 0) throw new ConfigError(problems);
}
