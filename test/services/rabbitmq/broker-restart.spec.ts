import { hopId } from '@bootlab/trace-model';
import { request } from 'undici';
import type { OwnLab } from '../../support/own-lab';
import { wholeTrace } from '../../support/traces';
import { clearExchange, transportUrl } from '../../support/transports';
import { BrokerProxy } from './broker-proxy';
import { RabbitLab } from './rabbit-lab';

const BOOTS = 12;
const SPAWN = 'nova.virt.libvirt.driver.LibvirtDriver.spawn';

describe('a restart of the broker in mid-boot', () => {
  const proxy = new BrokerProxy(new URL(transportUrl().replace('rabbit:', 'http:')));
  let rabbit: RabbitLab;

  beforeAll(async () => {
    rabbit = await RabbitLab.start(await proxy.listen());
    await rabbit.upload();
  }, 60_000);
  afterAll(async () => {
    await rabbit.stop();
    await proxy.goAway();
  }, 60_000);

  it('loses no boot and builds none twice', async () => {
    const { lab, exchange } = rabbit;
    const images = JSON.parse((await lab.bootlab('image', 'list', '--json')).stdout) as { id: string }[];
    const traces = await Promise.all(Array.from({ length: BOOTS }, () => post(lab, images[0]!.id)));
    // Queues and exchanges that are not durable go with the broker.
    await proxy.goAway();
    await clearExchange(exchange);
    await proxy.listen();
    for (const id of traces) {
      const builds = (await wholeTrace(lab.urls['lab']!, id)).filter(({ attributes }) => hopId(attributes) === SPAWN);
      expect(builds).toHaveLength(1);
    }
    const list = JSON.parse((await lab.bootlab('server', 'list', '--json')).stdout) as { status: string }[];
    expect(list.map(({ status }) => status)).toEqual(Array(BOOTS).fill('ACTIVE'));
  }, 90_000);
});

/** Asks for a server; gives the trace id. */
async function post(lab: OwnLab, imageRef: string): Promise<string> {
  const { statusCode, headers, body } = await request(`${lab.urls['compute-api']}/v2.1/servers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ server: { name: 'one', imageRef, flavorRef: '1', networks: 'none' } }),
  });
  await body.dump();
  expect(statusCode).toBe(202);
  return String(headers['traceresponse']).split('-')[1]!;
}
