import { hopId } from '@bootlab/trace-model';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { wholeTrace } from '../../support/traces';
import { OwnBroker, rabbitmqServer } from './own-broker';
import { postServers, RabbitLab, statuses } from './rabbit-lab';

const BOOTS = 12;
const SPAWN = 'nova.virt.libvirt.driver.LibvirtDriver.spawn';
const script = rabbitmqServer();
const whereInstalled = script === undefined ? describe.skip : describe;

whereInstalled('a restart of RabbitMQ itself in mid-boot (needs rabbitmq-server on this machine)', () => {
  let broker: OwnBroker;

  beforeAll(async () => (broker = await OwnBroker.start(script!)), 60_000);
  afterAll(() => broker.drop(), 60_000);

  describe.each([
    ['pass with it', 'false'],
    ['outlive it', 'true'],
  ])('whose queues %s', (_, durable) => {
    let rabbit: RabbitLab;

    beforeAll(async () => {
      rabbit = await RabbitLab.start(broker.url, {
        BOOTLAB_NOVA__OSLO_MESSAGING_RABBIT__AMQP_DURABLE_QUEUES: durable,
        BOOTLAB_GLANCE_API__OSLO_MESSAGING_RABBIT__AMQP_DURABLE_QUEUES: durable,
      });
      await rabbit.upload();
    }, 60_000);
    afterAll(() => rabbit.stop(), 60_000);

    it.each(['SIGTERM', 'SIGKILL'] as const)('by %s loses no boot and builds none twice', async (signal) => {
      const { lab } = rabbit;
      const before = (await statuses(lab)).length;
      const traces = await postServers(lab, BOOTS);
      await broker.stop(signal);
      await broker.start();
      for (const id of traces) {
        const spans = await wholeTrace(lab.urls['lab']!, id, 60);
        expect(spans.filter(({ attributes }) => hopId(attributes) === SPAWN)).toHaveLength(1);
      }
      expect(await statuses(lab)).toEqual(Array(before + BOOTS).fill('ACTIVE'));
      expect(instanceFolders(lab.home)).toHaveLength(before + BOOTS);
    }, 120_000);
  });
});

function instanceFolders(home: string): string[] {
  return readdirSync(join(home, 'instances')).filter((name) => /^[0-9a-f-]{36}$/.test(name));
}
