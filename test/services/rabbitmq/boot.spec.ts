import { compareShapes, shapeOf, Span } from '@bootlab/trace-model';
import type { ConsumeMessage } from 'amqplib';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { baggage, firings } from '../../faults/faulty-lab';
import { OwnLab, startOwnLab } from '../../support/own-lab';
import { transportUrl } from '../../support/transports';
import { bodyOf, envelopeOf, PlainClient } from './plain-client';
import { bootSmall, imageId, post, RabbitLab, uploadSmall } from './rabbit-lab';

interface Notification {
  event_type: string;
  publisher_id: string;
  payload: object;
}

const ofKind = (spans: Span[], kind: Span['kind']) => spans.filter((span) => span.kind === kind);

describe('a boot over RabbitMQ', () => {
  let tcp: OwnLab;
  let rabbit: RabbitLab;
  let client: PlainClient;

  beforeAll(async () => {
    tcp = await startOwnLab();
    rabbit = await RabbitLab.start();
    client = await PlainClient.connect();
    await uploadSmall(tcp);
    await rabbit.upload();
  }, 90_000);
  afterAll(async () => {
    await client.close();
    await tcp.stop();
    await rabbit.stop();
  }, 60_000);

  it('has the shape that it has over TCP', async () => {
    const [expected, actual] = [await bootSmall(tcp, 'one'), await bootSmall(rabbit.lab, 'one')];
    expect(compareShapes(shapeOf(expected.spans), shapeOf(actual.spans))).toMatchObject({ differences: [] });
  }, 60_000);

  it('shows on both sides of a cast which message it was and how it went', async () => {
    const { spans } = await bootSmall(rabbit.lab, 'two');
    const producers = ofKind(spans, 'producer');
    const consumers = ofKind(spans, 'consumer');
    expect(producers).toHaveLength(2);
    expect(consumers).toHaveLength(2);
    for (const consumer of consumers) {
      const producer = producers.find(({ spanId }) => spanId === consumer.parentSpanId)!;
      const told = { 'messaging.system': 'rabbitmq', 'messaging.message.id': expect.any(String) };
      expect(producer.attributes).toMatchObject({
        ...told,
        'messaging.rabbitmq.destination.exchange': rabbit.exchange,
      });
      expect(consumer.attributes).toMatchObject({
        'messaging.system': 'rabbitmq',
        'messaging.operation.type': 'process',
        'messaging.message.id': producer.attributes['messaging.message.id'],
        'messaging.message.body.size': producer.attributes['messaging.message.body.size'],
        'messaging.rabbitmq.destination.routing_key': producer.attributes['messaging.destination.name'],
      });
    }
  }, 60_000);

  it('is understood by a client that knows nothing but oslo.messaging', async () => {
    const casts = await client.sniff(rabbit.exchange, 'compute.node1');
    const { id } = await bootSmall(rabbit.lab, 'three');
    const [cast] = (await casts.next()).value as ConsumeMessage[];
    expect(envelopeOf(cast!)).toMatchObject({ 'oslo.version': '2.0' });
    const body = bodyOf(cast!);
    expect(body).toMatchObject({
      method: 'build_and_run_instance',
      namespace: null,
      version: '5.0',
      _unique_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      _context_request_id: expect.stringMatching(/^req-/),
      args: { instance: { uuid: id } },
    });
    // Sent again by somebody else, it is taken and answered, and builds nothing a second time.
    const reply = await client.call(rabbit.exchange, 'compute.node1', body);
    expect(reply).toMatchObject({ result: null, failure: null, ending: true });
    const { stdout } = await rabbit.lab.bootlab('server', 'show', id, '--json');
    expect(stdout).toContain('"ACTIVE"');
  }, 60_000);

  it('answers a call that fails with the exception as oslo.messaging writes it', async () => {
    const asked = { method: 'nonsense', args: {}, namespace: null, version: '3.0', _context_is_admin: true };
    const { failure } = await client.call(rabbit.exchange, 'conductor', asked);
    expect(JSON.parse(failure as string)).toMatchObject({
      class: 'NoSuchMethod',
      module: 'oslo_messaging.exceptions',
      message: expect.stringContaining('nonsense'),
      args: [expect.any(String)],
      kwargs: { method: 'nonsense' },
    });
  });

  it('lays out queues and exchanges as oslo.messaging does', async () => {
    const { channel } = client;
    // Declared otherwise than it is, the broker would refuse.
    await channel.assertExchange(rabbit.exchange, 'topic', { durable: false, autoDelete: false });
    for (const name of ['compute', 'compute.node1', 'conductor', 'conductor.node1']) {
      await channel.assertQueue(`${rabbit.exchange}.${name}`, { durable: false, autoDelete: false });
    }
    await channel.assertExchange(`${rabbit.exchange}.compute_fanout`, 'fanout', { durable: false, autoDelete: true });
  });

  it('never shows the password of the broker', async () => {
    const { password } = new URL(transportUrl().replace('rabbit:', 'http:'));
    const { stdout } = await rabbit.lab.bootlab('status', '--json');
    expect(stdout).toContain('rabbit://');
    const logs = join(rabbit.lab.home, 'logs');
    const told = [stdout, ...readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'))].join('\n');
    expect(told).not.toContain(`:${password}@`);
  });

  it('obeys a fault that drops a cast', async () => {
    const cast = 'nova.compute.rpcapi.ComputeAPI.build_and_run_instance';
    const { lab } = rabbit;
    const id = await post(lab, await imageId(lab), baggage({ hop: cast, kind: 'drop' }));
    const { body } = await request(`${lab.urls['lab']}/lab/v1/traces/${id}?wait=complete&timeout=2`);
    const { missing, spans } = (await body.json()) as { missing: string[]; spans: Span[] };
    expect(missing).toEqual([expect.stringContaining('compute.node1')]);
    expect(ofKind(spans, 'producer').flatMap(firings)).toMatchObject([{ 'fault.kind': 'drop' }]);
  }, 60_000);

  it('tells of it in notifications, in the order of the original', async () => {
    const { id } = await bootSmall(rabbit.lab, 'four');
    const told = (await rabbit.lab.bootlab('notifications', '--json')).stdout.trim().split('\n');
    const all = told.map((line) => JSON.parse(line) as Notification);
    const about = (payload: object) => JSON.stringify(payload).includes(id);
    const legacy = all.filter(({ publisher_id, payload }) => publisher_id === 'compute.node1' && about(payload));
    expect(legacy.map(({ event_type }) => event_type)).toEqual(['compute.instance.create.start', 'compute.instance.create.end']); // prettier-ignore
    const versioned = all.filter(
      ({ publisher_id, payload }) => publisher_id === 'nova-compute:node1' && about(payload),
    );
    expect(versioned.map(({ event_type }) => event_type)).toEqual(['instance.create.start', 'instance.create.end']);
    expect(versioned[0]?.payload).toMatchObject({ 'nova_object.name': 'InstanceCreatePayload', 'nova_object.data': { uuid: id } }); // prettier-ignore
    const image = all
      .filter(({ publisher_id }) => publisher_id === 'image.localhost')
      .map(({ event_type }) => event_type);
    // After these each boot has sent its bytes.
    expect(image.slice(0, 5)).toEqual([
      'image.create',
      'image.prepare',
      'image.upload',
      'image.activate',
      'image.update',
    ]);
    // Reading takes nothing away.
    expect((await rabbit.lab.bootlab('notifications', '--json')).stdout.trim().split('\n')).toHaveLength(told.length);
  }, 60_000);
});
