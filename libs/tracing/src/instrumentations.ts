import { serviceAt } from '@bootlab/openstack';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** `/v1/images/6f…?limit=2` → `/v1/images/{id}`. */
export function pathTemplate(path: string): string {
  return (path.split('?')[0] ?? path).replaceAll(UUID, '{id}');
}

/** Server spans for what arrives over HTTP, client spans for what leaves through undici. */
export function httpInstrumentations() {
  return [
    new HttpInstrumentation({ disableOutgoingRequestInstrumentation: true }),
    new UndiciInstrumentation({
      requireParentforSpans: true,
      requestHook(span, request) {
        span.updateName(`${request.method} ${pathTemplate(request.path)}`);
        const service = serviceAt(request.origin);
        if (service !== undefined) span.setAttribute('peer.service', service);
      },
    }),
  ];
}
