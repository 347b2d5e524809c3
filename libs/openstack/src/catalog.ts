import { glanceApiConf, glanceRegistryConf, labConf, loadConf, novaConf } from './config';
import { Matchmaker } from './matchmaker';

/** The services that speak HTTP, by the name they have in a trace. */
export type HttpService = 'compute-api' | 'glance-api' | 'registry' | 'lab';

const STARTUP_TIMEOUT_MS = 10_000;

/** Address and port on which a service is configured to listen. */
export function listenAddress(service: HttpService): { host: string; port: number; option: string } {
  switch (service) {
    case 'compute-api': {
      const conf = loadConf(novaConf).DEFAULT;
      const option = 'osapi_compute_listen_port in [DEFAULT] of nova.conf';
      return { host: conf.osapi_compute_listen, port: conf.osapi_compute_listen_port, option };
    }
    case 'glance-api': {
      const conf = loadConf(glanceApiConf).DEFAULT;
      return { host: conf.bind_host, port: conf.bind_port, option: 'bind_port in [DEFAULT] of glance-api.conf' };
    }
    case 'registry': {
      const conf = loadConf(glanceRegistryConf).DEFAULT;
      return { host: conf.bind_host, port: conf.bind_port, option: 'bind_port in [DEFAULT] of glance-registry.conf' };
    }
    case 'lab': {
      const conf = loadConf(labConf).lab;
      return { host: conf.listen, port: conf.port, option: 'port in [lab] of lab.conf' };
    }
  }
}

/** `http://host:port` for an address to connect to; a wildcard address is reached over loopback. */
export function httpUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

const located = new Map<string, HttpService>();

/** Which service of the lab answers at an origin such as `http://127.0.0.1:9292`, among those asked for so far. */
export function serviceAt(origin: string): HttpService | undefined {
  return located.get(origin);
}

/** Remembers that a service answers at a URL. */
export function locateService(service: HttpService, url: string): void {
  located.set(new URL(url).origin, service);
}

/**
 * The base URL of a service of the lab, without a trailing slash. Stands where a cloud has keystone's catalogue.
 * With port 0 configured the URL is the one the service published, which this waits for.
 */
export async function serviceUrl(service: HttpService): Promise<string> {
  const { host, port } = listenAddress(service);
  const url = port !== 0 ? httpUrl(host, port) : (await new Matchmaker().waitFor(service, STARTUP_TIMEOUT_MS)).url;
  locateService(service, url);
  return url;
}
