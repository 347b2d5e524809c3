import type { ConsumeMessage } from 'amqplib';
import { Fault } from '@bootlab/hop';
import { request } from 'undici';
import { baggage } from '../../faults/faulty-lab';
import { bodyOf, PlainClient } from './plain-client';
import { imageId, RabbitLab } from './rabbit-lab';

interface Told {
  key: string;
  publisher_id: string;
  event_type: string;
  priority: string;
  timestamp: string;
  message_id: string;
  payload: Record<string, unknown>;
}

const SPAWN = 'nova.virt.libvirt.driver.LibvirtDriver.spawn';
const DO_BUILD = 'nova.compute.manager.ComputeManager._do_build_and_run_instance';
const ENOSPC = 'builtins.OSError';

const isUpdate = ({ event_type }: Told) => event_type.endsWith('instance.update');

/** Who tells what; of a change of states, also to which. */
function line(told: Told): string {
  const { publisher_id, event_type, payload } = told;
  const { state } = (payload['nova_object.data'] ?? payload) as { state?: string };
  return [publisher_id, event_type, ...(isUpdate(told) ? [state] : [])].join(' ');
}

/** The host that the first of them speaks of. */
const hostIn = (told: Told[]) =>
  told.flatMap(({ publisher_id }) => /^compute\.(compute\d)$/.exec(publisher_id)?.[1] ?? [])[0]!;

/** Both forms of a step on a host. */
const both = (host: string, step: string) => [
  `compute.${host} compute.instance.${step}`,
  `nova-compute:${host} instance.${step}`,
];

describe('notifications over RabbitMQ', () => {
  let rabbit: RabbitLab;
  let client: PlainClient;
  let messages: AsyncIterator<ConsumeMessage[]>;
  let image: string;

  beforeAll(async () => {
    rabbit = await RabbitLab.start(undefined, {
      BOOTLAB_LAB__LAB__HOSTS: '2',
      BOOTLAB_NOVA__NOTIFICATIONS__NOTIFY_ON_STATE_CHANGE: 'vm_and_task_state',
    });
    client = await PlainClient.connect();
    messages = await client.sniff(rabbit.exchange, 'notifications.*', 'versioned_notifications.*');
  }, 90_000);
  afterAll(async () => {
    await client.close();
    await rabbit.stop();
  }, 60_000);

  /** All that comes until all of these lines have come; who is told of by two processes may be told of in another order. */
  async function upTo(...last: string[]): Promise<Told[]> {
    const told: Told[] = [];
    do {
      const [message] = (await messages.next()).value as ConsumeMessage[];
      told.push({ ...(bodyOf(message!) as unknown as Told), key: message!.fields.routingKey });
    } while (!last.every((end) => told.some((each) => line(each).endsWith(end))));
    return told;
  }

  async function boot(...faults: Fault[]): Promise<string> {
    const { statusCode, body } = await request(`${rabbit.lab.urls['compute-api']}/v2.1/servers`, {
      method: 'POST',
      headers: { ...(faults.length > 0 ? baggage(...faults) : {}), 'content-type': 'application/json' },
      body: JSON.stringify({ server: { name: 'one', imageRef: image, flavorRef: '1', networks: 'none' } }),
    });
    expect(statusCode).toBe(202);
    return ((await body.json()) as { server: { id: string } }).server.id;
  }

  /** What is told of a failing spawn on a host. */
  const failing = (host: string) =>
    ['create.start', 'shutdown.start', 'shutdown.end', 'create.error'].flatMap((step) => both(host, step));

  it('tells of an image that is made, and of its bytes going out', async () => {
    await rabbit.upload();
    image = await imageId(rabbit.lab);
    const told = await upTo('image.update');
    expect(told.map(({ event_type }) => event_type)).toEqual(['image.create', 'image.prepare', 'image.upload', 'image.activate', 'image.update']); // prettier-ignore
    for (const { key, publisher_id, priority, payload, timestamp, message_id } of told) {
      expect({ key, publisher_id, priority }).toEqual({
        key: 'notifications.info',
        publisher_id: 'image.localhost',
        priority: 'INFO',
      });
      expect(payload).toMatchObject({ id: image, name: 'small', disk_format: 'raw' });
      expect(timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
      expect(message_id).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(told.map(({ payload }) => payload['status'])).toEqual(['queued', 'saving', 'saving', 'active', 'active']);
  });

  it('tells of a boot step by step, and of each change of its states', async () => {
    const id = await boot();
    const told = await upTo(' instance.create.end', ' instance.update active');
    const host = hostIn(told);
    const steps = told.filter((each) => !isUpdate(each)).map(line);
    expect(steps).toEqual([...both(host, 'create.start'), 'image.localhost image.send', ...both(host, 'create.end')]); // prettier-ignore
    const end = told.find(({ event_type }) => event_type === 'instance.create.end')!.payload;
    expect(end).toMatchObject({ 'nova_object.name': 'InstanceCreatePayload', 'nova_object.version': '1.7' });
    expect(end['nova_object.data']).toMatchObject({ uuid: id, state: 'active', host, fault: null });
    const updates = told.filter(({ event_type }) => event_type === 'compute.instance.update');
    expect(updates.map(({ publisher_id, payload }) => [publisher_id, payload['state'], payload['state_description']])).toEqual([
      ['conductor.node1', 'building', null],
      ['compute.node1', 'building', null],
      [`compute.${host}`, 'building', 'networking'],
      [`compute.${host}`, 'building', 'block_device_mapping'],
      [`compute.${host}`, 'building', 'spawning'],
      [`compute.${host}`, 'active', null],
    ]); // prettier-ignore
    expect(told.filter(({ event_type }) => event_type === 'instance.update')).toHaveLength(updates.length);
  });

  it('tells of a build that is given up', async () => {
    const id = await boot({ hop: SPAWN, kind: 'error', exception: 'nova.exception.ImageUnacceptable' });
    const told = await upTo(' instance.create.error');
    expect(told.filter((each) => !isUpdate(each)).map(line)).toEqual(failing(hostIn(told)));
    const errors = told.filter(({ priority }) => priority === 'ERROR');
    expect(errors.map(({ key }) => key)).toEqual(['notifications.error', 'versioned_notifications.error']);
    const [legacy, versioned] = errors;
    expect(legacy!.payload).toMatchObject({ instance_id: id, exception: 'ImageUnacceptable' });
    expect(versioned!.payload['nova_object.data']).toMatchObject({
      uuid: id,
      fault: { 'nova_object.name': 'ExceptionPayload', 'nova_object.data': { exception: 'ImageUnacceptable' } },
    });
  });

  it('tells of each attempt, and of the end of all', async () => {
    const id = await boot({ hop: SPAWN, kind: 'error', exception: ENOSPC });
    const told = (await upTo('compute_task.build_instances')).filter((each) => !isUpdate(each));
    const first = hostIn(told);
    const second = first === 'compute1' ? 'compute2' : 'compute1';
    expect(told.map(line)).toEqual([...failing(first), ...failing(second), 'compute_task.node1 compute_task.build_instances']); // prettier-ignore
    expect(told.at(-1)).toMatchObject({
      key: 'notifications.error',
      payload: {
        instance_id: id,
        state: 'error',
        method: 'build_instances',
        reason: expect.stringContaining('retries'),
      },
    });
  });

  it('tells of an exception that escapes, by the name of the function and as compute.exception', async () => {
    const id = await boot({ hop: DO_BUILD, kind: 'error', exception: ENOSPC });
    const told = (await upTo('compute.exception')).filter(({ priority }) => priority === 'ERROR');
    expect(told).toMatchObject([
      { key: 'notifications.error', event_type: '_do_build_and_run_instance', payload: { instance_id: id, exception: 'OSError' } },
      { key: 'versioned_notifications.error', event_type: 'compute.exception', payload: { 'nova_object.name': 'ExceptionPayload' } },
    ]); // prettier-ignore
    expect(told.map(({ publisher_id }) => publisher_id)).toEqual([
      `compute.${hostIn(told)}`,
      `nova-compute:${hostIn(told)}`,
    ]);
  });

  it('tells of a deletion', async () => {
    const id = await boot();
    await upTo(' instance.create.end');
    await rabbit.lab.bootlab('server', 'delete', id);
    const told = (await upTo(' instance.delete.end')).filter((each) => !isUpdate(each));
    const steps = ['delete.start', 'shutdown.start', 'shutdown.end', 'delete.end'];
    expect(told.map(line)).toEqual(steps.flatMap((step) => both(hostIn(told), step)));
    expect(told.at(-1)!.payload['nova_object.data']).toMatchObject({ uuid: id, state: 'deleted' });
  });
});
