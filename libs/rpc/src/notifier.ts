import { currentContext, RequestContext } from '@bootlab/openstack';
import { context } from '@opentelemetry/api';
import { randomUUID } from 'node:crypto';
import { contextKeys, seal, uniqueId } from './message';
import type { RpcTransport, Tell } from './transport';

export type Priority = 'INFO' | 'ERROR';

/** A notification in oslo.messaging's shape. */
export interface Notification {
  _unique_id: string;
  message_id: string;
  publisher_id: string;
  event_type: string;
  priority: Priority;
  /** Coordinated universal time, as `2018-02-28 12:00:00.000000`. */
  timestamp: string;
  payload: unknown;
  [contextKey: `_context_${string}`]: unknown;
}

/** Notifications waiting for a broker at most; further ones are lost. */
const WAITING = 1_000;

/** Sends notifications over a transport, where there is a broker. Plays `oslo_messaging.Notifier`. */
export class Notifier {
  #waiting = 0;

  constructor(
    private readonly transport: Pick<RpcTransport, 'notify'>,
    private readonly tell: Tell,
  ) {}

  /** Whoever sends does not wait: what cannot be delivered is told, and nothing else suffers. */
  send(topics: readonly string[], publisher: string, eventType: string, priority: Priority, payload: unknown): void {
    if (!this.transport.notify || topics.length === 0) return;
    const notification = makeNotification(publisher, eventType, priority, payload);
    for (const topic of topics) {
      void this.#deliver(`${topic}.${priority.toLowerCase()}`, notification);
    }
  }

  async #deliver(routingKey: string, notification: Notification): Promise<void> {
    const { event_type, _unique_id } = notification;
    if (this.#waiting >= WAITING) {
      this.tell(`Notification ${event_type} is lost: ${WAITING} others wait for the broker already.`);
      return;
    }
    this.#waiting += 1;
    try {
      await this.transport.notify?.(routingKey, _unique_id, seal(notification));
    } catch (error) {
      this.tell(`Notification ${event_type} is lost: ${(error as Error).message}.`);
    } finally {
      this.#waiting -= 1;
    }
  }
}

function makeNotification(
  publisher_id: string,
  event_type: string,
  priority: Priority,
  payload: unknown,
): Notification {
  return {
    ...contextKeys(currentContext() ?? RequestContext.admin(), context.active()),
    _unique_id: uniqueId(),
    message_id: randomUUID(),
    publisher_id,
    event_type,
    priority,
    timestamp: `${new Date().toISOString().replace('T', ' ').slice(0, -1)}000`,
    payload,
  };
}
