import { loadConf, novaConf } from '@bootlab/openstack';
import { runService } from '@bootlab/service';

function configuredHost(): string | undefined {
  try {
    return loadConf(novaConf).DEFAULT.host;
  } catch {
    // The service reads the same file once it starts, and tells what is wrong with it.
    return undefined;
  }
}

void runService({
  service: 'compute-manager',
  host: configuredHost(),
  start: async (logger) => (await import('./serve')).serve(logger),
});
