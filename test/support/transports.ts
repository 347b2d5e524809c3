import { loadConf, novaConf } from '@bootlab/openstack';
import { createTransport, RabbitOptions, RpcTransport, TransportOptions } from '@bootlab/rpc';
import { clearExchange as clear, ownExchange } from '../../apps/bootlab/src/scenario/servers/own-exchange';
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

function own(
  url: string,
  exchange: string,
  tell: (message: string) => void,
  takeAway: () => Promise<void>,
): OwnTransport {
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
      await takeAway();
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

/** The broker of the tests, as nova.conf names it. */
export function transportUrl(): string {
  return rabbitServer.replace(/^amqp:/, 'rabbit:');
}

/** Takes away what a lab with an exchange of its own leaves on the broker. */
export async function clearExchange(exchange: string, hosts: readonly string[] = ['node1']): Promise<void> {
  await clear(rabbitServer, exchange, hosts);
}
