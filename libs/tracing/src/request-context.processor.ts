import { currentContext, RequestContext } from '@bootlab/openstack';
import { Attributes, trace } from '@opentelemetry/api';
import type { tracing } from '@opentelemetry/sdk-node';

/** Request id, user, project and roles as span attributes. */
export function contextAttributes(context: RequestContext): Attributes {
  return {
    'openstack.request_id': context.requestId,
    'openstack.global_request_id': context.globalRequestId,
    'enduser.id': context.userId,
    'enduser.role': context.roles.join(','),
    'openstack.project_id': context.projectId,
  };
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
