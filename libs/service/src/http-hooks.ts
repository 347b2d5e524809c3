import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';

/** `/v1/images/:id` → `/v1/images/{id}`. */
function routeName(route: string): string {
  return route.replaceAll(/:(\w+)/g, '{$1}');
}

/** Names the server span by its route and answers every request with `traceresponse`, so that a client learns the trace id. */
export function addTracingHooks(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const span = trace.getActiveSpan();
    const context = span?.spanContext();
    if (span && context && isSpanContextValid(context)) {
      const flags = context.traceFlags.toString(16).padStart(2, '0');
      reply.header('traceresponse', `00-${context.traceId}-${context.spanId}-${flags}`);
      const route = request.routeOptions.url;
      if (route !== undefined) {
        span.updateName(`${request.method} ${routeName(route)}`);
        span.setAttribute('http.route', routeName(route));
      }
    }
    done();
  });
}
