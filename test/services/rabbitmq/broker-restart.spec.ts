import { hopId } from '@bootlab/trace-model';
import { wholeTrace } from '../../support/traces';
import { clearExchange } from '../../support/transports';
import { BrokerProxy } from './broker-proxy';
import { postServers, RabbitLab, statuses } from './rabbit-lab';

const BOOTS = 12;
const SPAWN = 'nova.virt.libvirt.driver.LibvirtDriver.spawn';

describe('a restart of the broker in mid-boot', () => {
  const proxy = new BrokerProxy();
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
    const traces = await postServers(lab, BOOTS);
    // Queues and exchanges that are not durable go with the broker.
    await proxy.goAway();
    await clearExchange(exchange);
    await proxy.listen();
    for (const id of traces) {
      const builds = (await wholeTrace(lab.urls['lab']!, id)).filter(({ attributes }) => hopId(attributes) === SPAWN);
      expect(builds).toHaveLength(1);
    }
    expect(await statuses(lab)).toEqual(Array(BOOTS).fill('ACTIVE'));
  }, 90_000);
});
