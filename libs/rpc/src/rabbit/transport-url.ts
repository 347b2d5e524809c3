import type { Options } from 'amqplib';

/** A `transport_url` of scheme `rabbit`, read. */
export interface RabbitUrl {
  /** Brokers of one cluster, to be tried in turn. */
  servers: Options.Connect[];
  /** The URL without user names and passwords. */
  shown: string;
}

const PORT = 5672;
const FORM = 'rabbit://USER:PASSWORD@HOST:PORT/VHOST, further hosts after a comma';

/**
 * `rabbit://user:password@host:port,user:password@host2:port/vhost`; `%40` and the like stand for themselves. Without a
 * user it is guest, without a virtual host it is `/`.
 * @throws Error that never quotes the URL, which has a password
 */
export function parseRabbitUrl(text: string): RabbitUrl {
  const [, netloc = '', path = ''] =
    /^rabbit:\/\/([^/?#]*)(?:\/([^?#]*))?$/.exec(text) ?? wrong('is not a URL of the form');
  const vhost = decode(path) || '/';
  const servers = netloc.split(',').map((part) => ({ protocol: 'amqp', vhost, ...server(part) }));
  const hosts = servers.map(({ hostname, port }) => `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`);
  return { servers, shown: `rabbit://${hosts.join(',')}/${encodeURIComponent(vhost)}` };
}

function server(part: string): { hostname: string; port: number; username: string; password: string } {
  const { user, password, ipv6, name, port } =
    /^(?:(?<user>[^:@]*)(?::(?<password>[^@]*))?@)?(?:\[(?<ipv6>[^\]]+)\]|(?<name>[^:@[\]]+))(?::(?<port>\d{1,5}))?$/.exec(
      part,
    )?.groups ?? wrong('has a host that is none; it takes');
  const number = Number(port ?? PORT);
  if (number < 1 || number > 65535) wrong('has a port that is none (1 to 65535); it takes');
  return {
    hostname: ipv6 ?? decode(name ?? ''),
    port: number,
    username: decode(user || 'guest'),
    password: decode(password ?? (user ? '' : 'guest')),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return wrong('has a % that starts no character; write %25 for a percent sign in');
  }
}

function wrong(what: string): never {
  throw new Error(`transport_url ${what} ${FORM}.`);
}
