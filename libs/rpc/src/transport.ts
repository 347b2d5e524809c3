import type { MicroserviceOptions } from '@nestjs/microservices';
import type { Attributes } from '@opentelemetry/api';
import type { Envelope, Message, Target } from './message';

/** The names under which a server listens: its topic, alone and with its host. */
export interface Listener {
  topic: string;
  server: string;
}

/** A message on its way; the envelope is the message, sealed. */
export interface Outgoing {
  target: Target;
  message: Message;
  envelope: Envelope;
}

/** Told, in a sentence each, of troubles on the way that go by. */
export type Tell = (message: string) => void;

/** Carries envelopes between processes. The meaning of what it carries is not its business. */
export interface RpcTransport {
  /** `messaging.system` on spans. */
  readonly system: string;
  /** Whether what is cast to a host that is down waits until it is up. */
  readonly keepsCasts: boolean;
  /** Where answers go, when the message must name it. */
  readonly replyQueue?: string;
  /** What else a span tells of the way to a target. */
  attributes(target: Target): Attributes;
  /** Hands the envelope over and does not wait for an answer. @throws MessageDeliveryFailure */
  cast(outgoing: Outgoing): Promise<void>;
  /** Waits for the answer. @throws MessageDeliveryFailure, MessagingTimeout */
  call(outgoing: Outgoing, timeoutMs: number): Promise<Envelope>;
  /** Publishes a notification under a topic such as `notifications.info`; absent where there is no broker. */
  notify?(topic: string, id: string, envelope: Envelope): Promise<void>;
  /** What Nest needs to listen with this transport. */
  microservice(listener: Listener): MicroserviceOptions;
  /** Nest listens on `server`: makes the names known to senders. Gives the URL, without secrets. */
  listening(listener: Listener, server: unknown): string;
  close(): Promise<void>;
}
