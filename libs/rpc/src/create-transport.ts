import type { RabbitOptions } from './rabbit/options';
import { RabbitTransport } from './rabbit/rabbit-transport';
import { TcpTransport } from './tcp/tcp-transport';
import type { RpcTransport, Tell } from './transport';

export interface TransportOptions {
  /** Seconds a message waits for a broker that is away, `rpc_response_timeout`. */
  deliveryTimeout: number;
  rabbit: RabbitOptions;
  tell: Tell;
}

/** @throws Error for a URL that no transport serves; the message never quotes it, since it may have a password */
export function createTransport(
  transportUrl: string,
  { deliveryTimeout, rabbit, tell }: TransportOptions,
): RpcTransport {
  const scheme = transportUrl.split(':', 1)[0] ?? '';
  if (scheme === 'tcp' && URL.canParse(transportUrl)) return new TcpTransport(new URL(transportUrl).hostname);
  if (scheme === 'rabbit') return new RabbitTransport(transportUrl, rabbit, deliveryTimeout * 1000, tell);
  throw new Error('transport_url takes tcp://ADDRESS or rabbit://USER:PASSWORD@HOST:PORT/VHOST.');
}
