import { recordError } from '@bootlab/hop';
import { messagingException, RequestContext, runWithContext } from '@bootlab/openstack';
import { Attributes, context, Context, SpanKind, trace } from '@opentelemetry/api';
import { serializeFailure } from '../failure';
import { Message, Reply, requestContextOf, traceContextOf, uniqueId } from '../message';
import { endpointMethod, endpointOptions } from './endpoint.decorator';
import { runWithFollowUps } from './follow-up';

const tracer = trace.getTracer('@bootlab/rpc');

type Handler = (context: RequestContext, args: Record<string, unknown>) => unknown;

/**
 * Finds the endpoint of a message by namespace, version and method, and runs it inside a SERVER span (a call) or a
 * CONSUMER span (a cast). Plays `oslo_messaging.rpc.dispatcher.RPCDispatcher`.
 */
export class RpcDispatcher {
  /** @param destination the name listened on, for spans */
  constructor(
    private readonly endpoints: object[],
    private readonly destination: string,
    private readonly system: string,
  ) {}

  /**
   * Never rejects: what the method raised is in the reply.
   * @param delivery how the message came, for its span
   */
  async call(message: Message, delivery: Attributes = {}): Promise<Reply> {
    const reply = { ending: true as const, _msg_id: message._msg_id ?? '', _unique_id: uniqueId() };
    try {
      const name = `${this.destination}/${message.method}`;
      return { ...reply, result: (await this.#run(message, name, SpanKind.SERVER, delivery)) ?? null, failure: null };
    } catch (error) {
      return { ...reply, result: null, failure: serializeFailure(error) };
    }
  }

  /** The span lasts until the work that the method left running has ended, so that a trace with it is whole. */
  async cast(message: Message, delivery: Attributes = {}): Promise<void> {
    await this.#run(message, `process ${this.destination}`, SpanKind.CONSUMER, {
      'messaging.system': this.system,
      'messaging.operation.type': 'process',
      'messaging.operation.name': 'process',
      'messaging.destination.name': this.destination,
      ...delivery,
    });
  }

  async #run(message: Message, name: string, kind: SpanKind, attributes: Attributes): Promise<unknown> {
    const requestContext = requestContextOf(message);
    return runWithContext(requestContext, async () => {
      const from = traceContextOf(message);
      const span = tracer.startSpan(
        name,
        {
          kind,
          attributes: {
            'rpc.system': 'oslo.messaging',
            'rpc.service': message.namespace ?? this.destination.split('.')[0],
            'rpc.method': message.method,
            'messaging.message.id': message._unique_id,
            ...attributes,
          },
        },
        from,
      );
      try {
        return await runIn(trace.setSpan(from, span), () =>
          this.#handler(message)(requestContext, argumentsOf(message)),
        );
      } catch (error) {
        recordError(span, error);
        throw error;
      } finally {
        span.end();
      }
    });
  }

  #handler({ method, namespace, version }: Message): Handler {
    const candidates = this.endpoints.filter((endpoint) => (endpointOptions(endpoint).namespace ?? null) === namespace);
    const compatible = candidates.filter((endpoint) => understands(endpointOptions(endpoint).version, version));
    for (const endpoint of compatible) {
      const key = endpointMethod(endpoint, method);
      if (key !== undefined) {
        const handler = (endpoint as Record<string | symbol, Handler>)[key]!;
        return handler.bind(endpoint);
      }
    }
    if (compatible.length > 0) throw new messagingException.NoSuchMethod({ method });
    throw new messagingException.UnsupportedVersion({ version, method });
  }
}

/** None when they were left out, as in the original. */
function argumentsOf({ method, args }: Message): Record<string, unknown> {
  const given: unknown = args === undefined ? {} : args;
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Record<string, unknown>;
  const reason = `The arguments of ${method} are no object of names and values; send \`"args": {}\` when there are none.`;
  throw new messagingException.MessagingException({ reason });
}

async function runIn(inside: Context, work: () => unknown): Promise<unknown> {
  return context.with(inside, () => runWithFollowUps(work));
}

function understands(served: string, asked: string): boolean {
  const [servedMajor, servedMinor] = served.split('.').map(Number);
  const [askedMajor, askedMinor] = asked.split('.').map(Number);
  return servedMajor === askedMajor && (askedMinor ?? 0) <= (servedMinor ?? 0);
}
