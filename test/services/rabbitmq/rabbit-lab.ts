import type { Span } from '@bootlab/trace-model';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { OwnLab, startOwnLab } from '../../support/own-lab';
import { wholeTrace } from '../../support/traces';
import { ownExchange } from '../../../apps/bootlab/src/scenario/servers/own-exchange';
import { clearExchange, transportUrl } from '../../support/transports';

/** A lab of one host, `node1`, over a broker and with an exchange of its own. */
export class RabbitLab {
  private constructor(
    readonly lab: OwnLab,
    readonly exchange: string,
  ) {}

  /**
   * @param url of the broker, for `transport_url`
   * @param extra environment variables
   */
  static async start(url = transportUrl(), extra: Record<string, string> = {}): Promise<RabbitLab> {
    const exchange = ownExchange();
    const lab = await startOwnLab({
      BOOTLAB_NOVA__DEFAULT__TRANSPORT_URL: url,
      BOOTLAB_NOVA__DEFAULT__CONTROL_EXCHANGE: exchange,
      BOOTLAB_NOVA__DEFAULT__HOST: 'node1',
      BOOTLAB_GLANCE_API__DEFAULT__TRANSPORT_URL: url,
      BOOTLAB_GLANCE_API__DEFAULT__CONTROL_EXCHANGE: exchange,
      ...extra,
    });
    return new RabbitLab(lab, exchange);
  }

  async upload(): Promise<void> {
    await uploadSmall(this.lab);
  }

  async stop(): Promise<void> {
    await this.lab.stop();
    await clearExchange(this.exchange, hostsOf(this.lab));
  }
}

export async function uploadSmall(lab: OwnLab): Promise<void> {
  const file = join(lab.home, 'small.img');
  writeFileSync(file, Buffer.alloc(65_536, 'x'));
  await lab.bootlab('image', 'create', '--file', file, '--name', 'small', '--disk-format', 'raw', '--container-format', 'bare'); // prettier-ignore
}

/** Boots a server to ACTIVE; gives its id and the whole trace. */
export async function bootSmall(lab: OwnLab, name: string): Promise<{ id: string; spans: Span[] }> {
  const words = ['boot', '--image', 'small', '--flavor', 'm1.tiny', '--name', name, '--wait', '--json'];
  const { stdout } = await lab.bootlab(...words);
  const { server, traceId } = JSON.parse(stdout) as { server: { id: string; status: string }; traceId: string };
  expect(server.status).toBe('ACTIVE');
  return { id: server.id, spans: await wholeTrace(lab.urls['lab']!, traceId) };
}

/** Asks for so many servers at once, one request each; gives the trace ids. */
export async function postServers(lab: OwnLab, count: number): Promise<string[]> {
  const image = await imageId(lab);
  return Promise.all(Array.from({ length: count }, () => post(lab, image)));
}

/** The only image that there is. */
export async function imageId(lab: OwnLab): Promise<string> {
  const images = JSON.parse((await lab.bootlab('image', 'list', '--json')).stdout) as { id: string }[];
  return images[0]!.id;
}

/** Asks for a server; gives the trace id. */
export async function post(lab: OwnLab, imageRef: string, extra: Record<string, string> = {}): Promise<string> {
  const { statusCode, headers, body } = await request(`${lab.urls['compute-api']}/v2.1/servers`, {
    method: 'POST',
    headers: { ...extra, 'content-type': 'application/json' },
    body: JSON.stringify({ server: { name: 'one', imageRef, flavorRef: '1', networks: 'none' } }),
  });
  await body.dump();
  expect(statusCode).toBe(202);
  return String(headers['traceresponse']).split('-')[1]!;
}

/** The status of every server. */
export async function statuses(lab: OwnLab): Promise<string[]> {
  const servers = JSON.parse((await lab.bootlab('server', 'list', '--json')).stdout) as { status: string }[];
  return servers.map(({ status }) => status);
}

/** The names in its topics: that of the conductor, and of several compute hosts. */
function hostsOf({ urls }: OwnLab): string[] {
  return ['node1', ...Object.keys(urls).flatMap((service) => service.split('compute-manager@')[1] ?? [])];
}
