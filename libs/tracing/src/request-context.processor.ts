import { currentContext, RequestContext } from '@bootlab/openstack';
import { Attributes, trace } from '@opentelemetry/api';
import type { tracing } from '@opentelemetry/sdk-node';

/** Made once a request: every span of it has the same. */
const known = new WeakMap<RequestContext, Attributes>();

/** Request id, user, project and roles as span attributes; only those that the request has. */
export function contextAttributes(context: RequestContext): Attributes {
  let attributes = known.get(context);
  if (attributes === undefined) known.set(context, (attributes = made(context)));
  return attributes;
}

function made(context: RequestContext): Attributes {
  const attributes = {
    'openstack.request_id': context.requestId,
    'openstack.global_request_id': context.globalRequestId,
    'enduser.id': context.userId,
    'enduser.role': context.roles.join(','),
    'openstack.project_id': context.projectId,
  };
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

/** Puts the current request context on every span that starts under it. */
export class RequestContextProcessor implements tracing.SpanProcessor {
  onStart(span: tracing.Span): void {
    const context = currentContext();
    if (context) span.setAttributes(contextAttributes(context));
  }

  onEnd(): void {}

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

/** Puts the context on the active span, which began before there was one: the server span of a request. */
export function stampContext(context: RequestContext): void {
  trace.getActiveSpan()?.setAttributes(contextAttributes(context));
}
