import { loadConf, novaConf } from '@bootlab/openstack';
import { createTransport, RabbitOptions, RpcTransport, TransportOptions } from '@bootlab/rpc';
import { connect } from 'amqplib';
import { randomUUID } from 'node:crypto';
import { rabbitServer } from './services';

/** A way for messages that no other test uses. */
export interface OwnTransport {
  /** For `transport_url`. */
  url: string;
  options: TransportOptions;
  /** Another connection to it, or to it by another URL. */
  open(change?: Partial<RabbitOptions>, through?: string): RpcTransport;
  /** Closes all of them and takes away what is left on a broker. */
  drop(): Promise<void>;
}

export interface TestTransport {
  name: 'tcp' | 'rabbit';
  /** `messaging.system` on spans. */
  system: string;
  create(tell?: (message: string) => void): OwnTransport;
}

/** The transports that a suite runs over: TCP, and with `npm run test:services` RabbitMQ too. */
export function transports(): TestTransport[] {
  return process.env['BOOTLAB_TEST_SERVICES'] ? [tcp, rabbit] : [tcp];
}

function own(url: string, exchange: string, tell: (message: string) => void, clear: () => Promise<void>): OwnTransport {
  const opened: RpcTransport[] = [];
  const defaults = { ...loadConf(novaConf).oslo_messaging_rabbit, control_exchange: exchange };
  const options: TransportOptions = { deliveryTimeout: 30, rabbit: defaults, tell };
  return {
    url,
    options,
    open(change = {}, through = url) {
      const transport = createTransport(through, { ...options, rabbit: { ...defaults, ...change } });
      opened.push(transport);
      return transport;
    },
    async drop() {
      await Promise.all(opened.splice(0).map((transport) => transport.close()));
      await clear();
    },
  };
}

const tcp: TestTransport = {
  name: 'tcp',
  system: 'tcp',
  create: (tell = () => undefined) => own('tcp://127.0.0.1', 'nova', tell, () => Promise.resolve()),
};

export const rabbit: TestTransport = {
  name: 'rabbit',
  system: 'rabbitmq',
  create(tell = () => undefined) {
    const exchange = ownExchange();
    return own(transportUrl(), exchange, tell, () => clearExchange(exchange));
  },
};

/** A name for `control_exchange` that nobody else has. */
export function ownExchange(): string {
  return `bootlab-test-${randomUUID().slice(0, 8)}`;
}

/** The broker of the tests, as nova.conf names it. */
export function transportUrl(): string {
  return rabbitServer.replace(/^amqp:/, 'rabbit:');
}

/** Takes away the queues and exchanges of a lab with an exchange of its own, whose hosts are called `node1`. */
export async function clearExchange(exchange: string): Promise<void> {
  const connection = await connect(rabbitServer);
  const channel = await connection.createChannel();
  const topics = ['conductor', 'compute'].flatMap((topic) => [topic, `${topic}.node1`]);
  const told = ['notifications', 'versioned_notifications'].flatMap((name) => [`${name}.info`, `${name}.error`]);
  for (const topic of [...topics, ...told]) await channel.deleteQueue(`${exchange}.${topic}`);
  for (const name of ['', '.conductor_fanout', '.compute_fanout']) await channel.deleteExchange(`${exchange}${name}`);
  await connection.close();
}
