import { glanceApiConf, glanceRegistryConf, labConf, loadConf, novaConf } from './config';
import { Matchmaker } from './matchmaker';

/** The services that speak HTTP, by the name they have in a trace. */
export type HttpService = 'compute-api' | 'glance-api' | 'registry' | 'lab';

const STARTUP_TIMEOUT_MS = 10_000;

interface Listening {
  host: string;
  port: number;
  /** Where both are set. */
  file: string;
  section: string;
  hostOption: string;
  portOption: string;
}

/** Address and port on which a service is configured to listen. */
export function listenAddress(service: HttpService): Listening {
  switch (service) {
    case 'compute-api': {
      const { osapi_compute_listen: host, osapi_compute_listen_port: port } = loadConf(novaConf).DEFAULT;
      const options = { hostOption: 'osapi_compute_listen', portOption: 'osapi_compute_listen_port' };
      return { host, port, file: novaConf.file, section: 'DEFAULT', ...options };
    }
    case 'glance-api':
      return glanceAddress(glanceApiConf.file, loadConf(glanceApiConf).DEFAULT);
    case 'registry':
      return glanceAddress(glanceRegistryConf.file, loadConf(glanceRegistryConf).DEFAULT);
    case 'lab': {
      const { listen: host, port } = loadConf(labConf).lab;
      return { host, port, file: labConf.file, section: 'lab', hostOption: 'listen', portOption: 'port' };
    }
  }
}

function glanceAddress(file: string, conf: { bind_host: string; bind_port: number }): Listening {
  const options = { hostOption: 'bind_host', portOption: 'bind_port' };
  return { host: conf.bind_host, port: conf.bind_port, file, section: 'DEFAULT', ...options };
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
