import { RequestContext } from '@bootlab/openstack';
import { context, Context, propagation } from '@opentelemetry/api';
import { randomUUID } from 'node:crypto';

/** Where a message goes. `server` picks one host of a topic; `namespace` and `version` the endpoint that must understand it. */
export interface Target {
  topic: string;
  server?: string;
  namespace?: string;
  version: string;
}

/** The body of an RPC message in oslo.messaging's shape; the keys `_context_*` are the request context and the trace carrier. */
export interface Message {
  method: string;
  args: Record<string, unknown>;
  namespace: string | null;
  version: string;
  _unique_id: string;
  _msg_id?: string;
  /** Where the answer goes, on a broker. */
  _reply_q?: string;
  [contextKey: `_context_${string}`]: unknown;
}

/** The answer to a call. */
export interface Reply {
  result: unknown;
  /** JSON of a `Failure`. */
  failure: string | null;
  ending: true;
  _msg_id: string;
  _unique_id: string;
}

/** What goes over the wire: the body as JSON text inside an envelope. */
export interface Envelope {
  'oslo.version': '2.0';
  'oslo.message': string;
}

const PREFIX = '_context_';

/** `compute.node1`, or `conductor` when any host of the topic will do. */
export function destination({ topic, server }: Target): string {
  return server === undefined ? topic : `${topic}.${server}`;
}

export function seal(body: object): Envelope {
  return { 'oslo.version': '2.0', 'oslo.message': JSON.stringify(body) };
}

/** Who looks for a message's kind opens the envelope before whoever works on it. */
const opened = new WeakMap<object, object>();

/**
 * An envelope that is opened twice gives the same message.
 * @throws Error when what arrived is no envelope of version 2.x with a message in it
 */
export function open<T extends object>(envelope: unknown): T {
  const known = typeof envelope === 'object' && envelope !== null ? opened.get(envelope) : undefined;
  if (known) return known as T;
  const { 'oslo.version': version, 'oslo.message': text } = (envelope ?? {}) as Partial<
    Record<keyof Envelope, unknown>
  >;
  const body = typeof text === 'string' && typeof version === 'string' && version.startsWith('2.') && bodyOf(text);
  if (body) {
    opened.set(envelope as object, body);
    return body as T;
  }
  throw new Error('What arrived is no oslo.messaging envelope of version 2.x with a message in it.');
}

function bodyOf(text: string): object | undefined {
  try {
    const body = JSON.parse(text) as unknown;
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** 32 hexadecimal digits. */
export function uniqueId(): string {
  return randomUUID().replaceAll('-', '');
}

/** Makes the message; the trace carrier comes from `from`, the active OpenTelemetry context. */
export function makeMessage(
  target: Target,
  method: string,
  args: Record<string, unknown>,
  requestContext: RequestContext,
  from: Context = context.active(),
): Message {
  const message: Message = {
    method,
    args,
    namespace: target.namespace ?? null,
    version: target.version,
    _unique_id: uniqueId(),
  };
  return Object.assign(message, contextKeys(requestContext, from));
}

/** Request context and trace carrier as keys `_context_*`. */
export function contextKeys(requestContext: RequestContext, from: Context): Record<`_context_${string}`, unknown> {
  const carrier: Record<string, string> = {};
  propagation.inject(from, carrier);
  const known = { ...requestContext.toDict(), ...carrier };
  return Object.fromEntries(Object.entries(known).map(([name, value]) => [`${PREFIX}${name}`, value]));
}

/** The request context a message carries. */
export function requestContextOf(message: Message): RequestContext {
  const text = (name: string) => (message[`_context_${name}`] ?? undefined) as string | undefined;
  return new RequestContext({
    requestId: text('request_id'),
    globalRequestId: text('global_request_id'),
    userId: text('user_id'),
    projectId: text('project_id'),
    roles: Array.isArray(message._context_roles) ? message._context_roles.map(String) : [],
    isAdmin: message._context_is_admin === true,
    timestamp: text('timestamp'),
  });
}

/** The trace and baggage a message carries, as an OpenTelemetry context on top of `onto`. */
export function traceContextOf(message: Message, onto: Context = context.active()): Context {
  return propagation.extract(onto, message, {
    get: (carrier, key) => carrier[`_context_${key}`] as string | undefined,
    keys: (carrier) => Object.keys(carrier).flatMap((key) => (key.startsWith(PREFIX) ? key.slice(PREFIX.length) : [])),
  });
}
