import type { MicroserviceOptions } from '@nestjs/microservices';
import type { Envelope, Target } from './message';
import { TcpTransport } from './tcp/tcp-transport';

/** The names under which a server listens: its topic, alone and with its host. */
export interface Listener {
  topic: string;
  server: string;
}

/** Carries envelopes between processes. The meaning of what it carries is not its business. */
export interface RpcTransport {
  /** `messaging.system` and the like on spans. */
  readonly system: string;
  /** Hands the envelope over and does not wait for an answer. @throws MessageDeliveryFailure */
  cast(target: Target, envelope: Envelope): Promise<void>;
  /** Waits for the answer. @throws MessageDeliveryFailure, MessagingTimeout */
  call(target: Target, envelope: Envelope, timeoutMs: number): Promise<Envelope>;
  /** What Nest needs to listen with this transport. */
  microservice(): MicroserviceOptions;
  /** Nest listens on `server`: makes the names known to senders. Gives the URL. */
  listening(listener: Listener, server: unknown): string;
  close(): Promise<void>;
}

/** @throws Error for a scheme that no transport serves */
export function createTransport(transportUrl: string): RpcTransport {
  const url = new URL(transportUrl);
  if (url.protocol === 'tcp:') return new TcpTransport(url.hostname);
  throw new Error(
    `transport_url in [DEFAULT] of nova.conf has the scheme ${url.protocol.slice(0, -1)}; it takes tcp://ADDRESS.`,
  );
}
