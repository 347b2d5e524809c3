import { messagingException, RequestContext } from '@bootlab/openstack';
import { RpcClient, RpcEndpoint, RpcMethod, serveRpc, takenOver } from '@bootlab/rpc';
import { LabLogger } from '@bootlab/tracing';
import { Module } from '@nestjs/common';
import { EventEmitter, once } from 'node:events';
import { OwnTransport, rabbit } from '../../support/transports';
import { BrokerProxy } from './broker-proxy';
import { PlainClient } from './plain-client';

const target = { topic: 'compute', server: 'node1', version: '5.0' };
const asker = new RequestContext();
const arrived = new EventEmitter();

@RpcEndpoint({ version: '5.0' })
class Manager {
  @RpcMethod('count')
  count(_: RequestContext, { name }: { name: string }): string {
    arrived.emit('message', name);
    return name;
  }

  /** Never ends. */
  @RpcMethod('keep')
  async keep(_: RequestContext, { name }: { name: string }): Promise<void> {
    arrived.emit('message', name);
    await new Promise(() => undefined);
  }

  @RpcMethod('take')
  async take(context: RequestContext, args: { name: string }): Promise<void> {
    takenOver();
    await this.keep(context, args);
  }
}

@Module({ providers: [Manager], exports: [Manager] })
class ManagerModule {}

describe('the RabbitMQ transport', () => {
  let own: OwnTransport;
  const told: string[] = [];
  const tellers = new EventEmitter();

  beforeAll(() => (process.env['BOOTLAB_LAB__LAB__LOG_LEVEL'] = 'error'));
  beforeEach(() => {
    own = rabbit.create((message) => {
      told.push(message);
      tellers.emit('told', message);
    });
  });
  afterEach(() => own.drop());

  const serve = (transport = own.open()) =>
    serveRpc({
      transport,
      logger: new LabLogger('compute-manager'),
      module: ManagerModule,
      endpoints: [Manager],
      topic: 'compute',
      server: 'node1',
    });
  const next = async () => ((await once(arrived, 'message')) as [string])[0];

  it('drops a message that comes twice, and answers a call that comes twice with the same answer', async () => {
    const server = await serve();
    const client = await PlainClient.connect();
    const seen: string[] = [];
    const see = (name: string) => seen.push(name);
    arrived.on('message', see);
    const body = { method: 'count', args: { name: 'x' }, namespace: null, version: '5.0' };
    const exchange = own.options.rabbit.control_exchange;
    const [first, again] = await client.callTwice(exchange, 'compute.node1', body);
    expect(first).toMatchObject({ result: 'x', ending: true });
    expect(again).toEqual(first);
    expect(seen).toEqual(['x']);
    arrived.off('message', see);
    await client.close();
    await server.close();
  });

  it('gives a message that was not done to the next server', async () => {
    const server = await serve();
    const client = new RpcClient(own.open(), 10);
    const first = next();
    await client.cast(asker, target, 'keep', { name: 'kept' });
    expect(await first).toBe('kept');
    const second = next();
    await server.close();
    const other = await serve();
    expect(await second).toBe('kept');
    await other.close();
  });

  it('takes the next message once one is taken over', async () => {
    const server = await serve(own.open({ rabbit_qos_prefetch_count: 1 }));
    const client = new RpcClient(own.open(), 10);
    for (const name of ['one', 'two', 'three']) {
      const came = next();
      await client.cast(asker, target, 'take', { name });
      expect(await came).toBe(name);
    }
    await server.close();
  });

  it('drops what nobody can read, says so, and goes on', async () => {
    const server = await serve();
    const client = await PlainClient.connect();
    const exchange = own.options.rabbit.control_exchange;
    const sealed = (text: string, version = '2.0') => JSON.stringify({ 'oslo.version': version, 'oslo.message': text });
    const unreadable = [
      'no JSON',
      '',
      'null',
      '5',
      sealed('{}', '9.0'),
      sealed('no JSON'),
      sealed('null'),
      sealed('[1]'),
    ];
    told.length = 0;
    for (const text of unreadable) client.channel.publish(exchange, 'compute.node1', Buffer.from(text));
    const odd = [{}, { method: 5, args: 'x', namespace: 7, version: 8, _context_roles: 3 }, { method: 'nope', version: '5.0' }, { method: 'count', version: '6.0' }]; // prettier-ignore
    for (const body of odd)
      client.channel.publish(exchange, 'compute.node1', Buffer.from(sealed(JSON.stringify(body))));
    const body = { method: 'count', args: { name: 'x'.repeat(5_000_000) }, namespace: null, version: '5.0' };
    expect(await client.call(exchange, 'compute.node1', body)).toMatchObject({ failure: null });
    expect(told).toHaveLength(unreadable.length);
    for (const message of told) expect(message).toMatch(/oslo\.messaging/);
    expect(await client.channel.checkQueue(`${exchange}.compute.node1`)).toMatchObject({ messageCount: 0 });
    await client.close();
    await server.close();
  });

  it('lets callers whose queue is not there, or no name, hold up no answer to others', async () => {
    const server = await serve(own.open({ kombu_missing_consumer_retry_timeout: 5 }));
    const client = await PlainClient.connect();
    const exchange = own.options.rabbit.control_exchange;
    const call = { method: 'count', args: { name: 'x' }, namespace: null, version: '5.0' };
    told.length = 0;
    for (const [index, _reply_q] of ['reply_nowhere', 'x'.repeat(300), 5, null, ''].entries()) {
      const body = JSON.stringify({ ...call, _msg_id: `m${index}`, _unique_id: `u${index}`, _reply_q });
      const envelope = JSON.stringify({ 'oslo.version': '2.0', 'oslo.message': body });
      const came = next();
      client.channel.publish(exchange, 'compute.node1', Buffer.from(envelope));
      await came;
    }
    for (let asked = 0; asked < 20; asked++) {
      expect(await client.call(exchange, 'compute.node1', call)).toMatchObject({ result: 'x' });
    }
    // None of the calls above has waited until the lost answers were given up.
    expect(told).toEqual([]);
    while (told.length === 0) await once(tellers, 'told');
    expect(told).toEqual([expect.stringMatching(/answer to count found no caller at reply_nowhere within 5 s/)]);
    await client.close();
    await server.close();
  });

  it('takes each of several messages without an id', async () => {
    const server = await serve();
    const client = await PlainClient.connect();
    const exchange = own.options.rabbit.control_exchange;
    for (const name of ['one', 'two']) {
      const came = next();
      const body = JSON.stringify({ method: 'count', args: { name }, namespace: null, version: '5.0' });
      const envelope = JSON.stringify({ 'oslo.version': '2.0', 'oslo.message': body });
      client.channel.publish(exchange, 'compute.node1', Buffer.from(envelope));
      expect(await came).toBe(name);
    }
    await client.close();
    await server.close();
  });

  it('shares the messages of a topic among its servers', async () => {
    const one = { rabbit_qos_prefetch_count: 1 };
    const servers = [await serve(own.open(one)), await serve(own.open(one))];
    const client = new RpcClient(own.open(), 10);
    // Neither ends, and no server has room for both.
    for (const name of ['first', 'second']) {
      const came = next();
      await client.cast(asker, { topic: 'compute', version: '5.0' }, 'keep', { name });
      expect(await came).toBe(name);
    }
    for (const server of servers) await server.close();
  });

  it('tells the sender that no queue takes a message', async () => {
    const client = new RpcClient(own.open(), 10);
    const sent = client.cast(asker, { ...target, server: 'node9' }, 'count', {});
    await expect(sent).rejects.toThrow(messagingException.MessageDeliveryFailure);
    await expect(client.call(asker, { ...target, server: 'node9' }, 'count', {})).rejects.toThrow(
      /no queue takes compute.node9/,
    );
  });

  it('says which broker does not answer, and goes on once it does', async () => {
    const proxy = new BrokerProxy();
    const url = await proxy.listen();
    await proxy.goAway();
    const waits = once(tellers, 'told');
    const serving = serve(own.open({}, url));
    const [message] = (await waits) as [string];
    expect(message).toMatch(/RabbitMQ at rabbit:\/\/127\.0\.0\.1:\d+\/%2F does not let this service in: ECONNREFUSED/);
    expect(message).not.toContain('guest');
    await proxy.listen();
    const server = await serving;
    await server.close();
    await own.drop();
    await proxy.goAway();
  });

  it.each([
    ['a wrong password', (url: URL) => (url.password = 'wrong'), /user or password is wrong/],
    ['a virtual host that is not there', (url: URL) => (url.pathname = '/nowhere'), /no such virtual host/],
  ])('says in one line what is wrong: %s', async (_, spoil, line) => {
    const url = new URL(own.url.replace(/^rabbit:/, 'http:'));
    spoil(url);
    const refused = once(tellers, 'told');
    own.open({}, url.href.replace(/^http:/, 'rabbit:'));
    const [message] = (await refused) as [string];
    expect(message).toMatch(line);
    expect(message).not.toMatch(/wrong@|guest|\n/);
  });

  it('sends again what a broker lost when it restarted', async () => {
    const exchange = own.options.rabbit.control_exchange;
    const queue = `${exchange}.compute.node1`;
    const plain = await PlainClient.connect();
    await plain.channel.assertExchange(exchange, 'topic', { durable: false });
    await plain.channel.assertQueue(queue, { durable: false });
    await plain.channel.bindQueue(queue, exchange, 'compute.node1');
    const proxy = new BrokerProxy();
    const client = new RpcClient(own.open({}, await proxy.listen()), 20);
    const answer = client.call(asker, target, 'count', { name: 'called' });
    await client.cast(asker, target, 'count', { name: 'cast' });
    while ((await plain.channel.checkQueue(queue)).messageCount < 2);
    await proxy.goAway();
    await plain.channel.deleteQueue(queue);
    const came: string[] = [];
    const see = (name: string) => came.push(name);
    arrived.on('message', see);
    const server = await serve();
    await proxy.listen();
    expect(await answer).toBe('called');
    while (came.length < 2) await once(arrived, 'message');
    expect(came.sort()).toEqual(['called', 'cast']);
    arrived.off('message', see);
    await server.close();
    await plain.close();
    await own.drop();
    await proxy.goAway();
  });

  it('does not start over queues that were declared otherwise, and says so', async () => {
    const first = await serve();
    await expect(serve(own.open({ amqp_durable_queues: true }))).rejects.toThrow(/refuses: .*PRECONDITION_FAILED/s);
    await first.close();
  });
});
