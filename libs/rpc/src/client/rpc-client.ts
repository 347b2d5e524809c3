import { droppedCast, noteFired, recordError } from '@bootlab/hop';
import { RequestContext } from '@bootlab/openstack';
import { Attributes, context, Span, SpanKind, trace } from '@opentelemetry/api';
import { deserializeFailure } from '../failure';
import { destination, makeMessage, open, Reply, seal, Target, uniqueId } from '../message';
import type { RpcTransport } from '../transport';

const tracer = trace.getTracer('@bootlab/rpc');

/** The service of the lab that listens on a topic, as it is called in traces. */
const listeners: Record<string, string> = { conductor: 'conductor', compute: 'compute-manager' };

/** Sends casts and calls. Plays `oslo_messaging.RPCClient`. */
export class RpcClient {
  /** @param responseTimeoutSeconds how long a call waits, `rpc_response_timeout` */
  constructor(
    private readonly transport: RpcTransport,
    private readonly responseTimeoutSeconds: number,
  ) {}

  /** Whether what is cast to a host that is down waits until it is up. */
  get keepsCasts(): boolean {
    return this.transport.keepsCasts;
  }

  /** Hands a message over and does not wait: a PRODUCER span. A fault may drop the message. @throws MessageDeliveryFailure */
  async cast(requestContext: RequestContext, target: Target, method: string, args: Record<string, unknown>) {
    const attributes = {
      'messaging.system': this.transport.system,
      'messaging.operation.type': 'send',
      'messaging.operation.name': 'cast',
      'messaging.destination.name': destination(target),
      ...this.transport.attributes(target),
    };
    await this.#inSpan(`cast ${destination(target)}`, SpanKind.PRODUCER, target, method, attributes, async (span) => {
      const message = makeMessage(target, method, args, requestContext);
      const envelope = seal(message);
      span.setAttribute('messaging.message.id', message._unique_id);
      span.setAttribute('messaging.message.body.size', Buffer.byteLength(envelope['oslo.message']));
      const dropped = droppedCast(context.active());
      if (dropped) noteFired(span, dropped);
      else await this.transport.cast({ target, message, envelope });
    });
  }

  /**
   * Waits for the method's result: a CLIENT span.
   * @throws MessageDeliveryFailure, MessagingTimeout, or what the method raised, re-created by name
   */
  async call<T>(requestContext: RequestContext, target: Target, method: string, args: Record<string, unknown>) {
    const name = `${destination(target)}/${method}`;
    return this.#inSpan(name, SpanKind.CLIENT, target, method, this.transport.attributes(target), async (span) => {
      const message = makeMessage(target, method, args, requestContext);
      message._msg_id = uniqueId();
      message._reply_q = this.transport.replyQueue;
      span.setAttribute('messaging.message.id', message._unique_id);
      const outgoing = { target, message, envelope: seal(message) };
      const answer = await this.transport.call(outgoing, this.responseTimeoutSeconds * 1000);
      const { result, failure } = open<Reply>(answer);
      if (failure !== null) throw deserializeFailure(failure);
      return result as T;
    });
  }

  async #inSpan<T>(
    name: string,
    kind: SpanKind,
    target: Target,
    method: string,
    attributes: Attributes,
    work: (span: Span) => Promise<T>,
  ): Promise<T> {
    const peer = listeners[target.topic];
    const span = tracer.startSpan(name, {
      kind,
      attributes: {
        'rpc.system': 'oslo.messaging',
        'rpc.service': target.namespace ?? target.topic,
        'rpc.method': method,
        ...attributes,
        ...(peer === undefined ? {} : { 'peer.service': peer }),
      },
    });
    try {
      return await context.with(trace.setSpan(context.active(), span), () => work(span));
    } catch (error) {
      recordError(span, error);
      throw error;
    } finally {
      span.end();
    }
  }
}
