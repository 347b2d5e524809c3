import { hopId } from '@bootlab/trace-model';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { baggage } from '../../faults/faulty-lab';
import { OwnLab } from '../../support/own-lab';
import { rabbitmqServer } from '../../support/rabbitmq-server';
import { wholeTrace } from '../../support/traces';
import { OwnBroker } from './own-broker';
import { imageId, post, RabbitLab, statuses } from './rabbit-lab';

const SPAWN = 'nova.virt.libvirt.driver.LibvirtDriver.spawn';
/** Boots pause in one of these, so that the restart meets them in every stage. */
const STAGES = [
  'nova.conductor.manager.ComputeTaskManager._schedule_instances',
  'nova.conductor.manager.ComputeTaskManager._create_block_device_mapping',
  'nova.compute.manager.ComputeManager._do_build_and_run_instance',
  'nova.compute.manager.ComputeManager._build_resources',
  SPAWN,
];
const BOOTS = 4 * STAGES.length;
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
        BOOTLAB_NOVA__OSLO_MESSAGING_RABBIT__RABBIT_RETRY_BACKOFF: '0',
        BOOTLAB_NOVA__OSLO_MESSAGING_RABBIT__AMQP_DURABLE_QUEUES: durable,
        BOOTLAB_GLANCE_API__OSLO_MESSAGING_RABBIT__AMQP_DURABLE_QUEUES: durable,
      });
      await rabbit.upload();
    }, 60_000);
    afterAll(() => rabbit.stop(), 60_000);

    it.each(['SIGTERM', 'SIGKILL'] as const)(
      'by %s loses no boot and builds none twice',
      async (signal) => {
        const { lab } = rabbit;
        const image = await imageId(lab);
        const before = (await statuses(lab)).length;
        const boot = (_: unknown, index: number) => postPausing(lab, image, STAGES[index % STAGES.length]!);
        const asked = await Promise.all(Array.from({ length: BOOTS / 2 }, boot));
        expect(await statuses(lab)).toContain('BUILD');
        const going = broker.stop(signal);
        // These are asked for while nobody can cast.
        const meanwhile = Promise.all(Array.from({ length: BOOTS / 2 }, boot));
        await going;
        await broker.start();
        for (const id of [...asked, ...(await meanwhile)]) {
          const spans = await wholeTrace(lab.urls['lab']!, id, 60);
          expect(spans.filter(({ attributes }) => hopId(attributes) === SPAWN)).toHaveLength(1);
        }
        expect(await statuses(lab)).toEqual(Array(before + BOOTS).fill('ACTIVE'));
        expect(instanceFolders(lab.home)).toHaveLength(before + BOOTS);
      },
      120_000,
    );
  });
});

/** Asks for a server whose boot pauses in a hop for up to two seconds; gives the trace id. */
function postPausing(lab: OwnLab, image: string, hop: string): Promise<string> {
  return post(lab, image, baggage({ hop, kind: 'delay', ms: 1000, jitterMs: 1000 }));
}

function instanceFolders(home: string): string[] {
  return readdirSync(join(home, 'instances')).filter((name) => /^[0-9a-f-]{36}$/.test(name));
}
