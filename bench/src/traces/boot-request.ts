import { toOtlp } from '@bootlab/trace-model';
import type { Span } from '@bootlab/trace-model';

export const SPANS = 50;
export const START_MICROS = 1_795_368_871_000_000;
const SERVICES = ['compute-api', 'conductor', 'compute-manager', 'glance-api', 'registry'];

const id = (number: number, digits: number) => number.toString(16).padStart(digits, '0');

export function traceIdOf(trace: number): string {
  return id(trace + 1, 32);
}

/** What only one trace has. */
export function instanceOf(trace: number): string {
  return `instance-${id(trace, 8)}`;
}

function bootSpan(trace: number, index: number, spans: number): Span {
  const service = SERVICES[Math.floor((index / spans) * SERVICES.length)]!;
  const hop = index % SPANS;
  return {
    traceId: traceIdOf(trace),
    spanId: id(index + 1, 16),
    ...(index === 0 ? {} : { parentSpanId: id(Math.floor((index - 1) / 2) + 1, 16) }),
    name: `_hop_${hop}`,
    kind: hop % 10 === 0 ? 'server' : 'internal',
    service,
    startTimeUnixNano: `${START_MICROS + trace * 1000 + index * 10}000`,
    // One boot in a thousand is slow, as its root shows.
    durationNano: (index === 0 && trace % 1000 === 0 ? 60_000 : 100 + ((trace * 7 + index) % 400)) * 1_000_000,
    attributes: {
      'code.function.name': `nova.compute.api.API._hop_${hop}`,
      'code.file.path': 'nova/compute/api.py',
      'code.line.number': 100 + hop,
      'code.url': `https://opendev.org/openstack/nova/src/tag/queens-eol/nova/compute/api.py#L${100 + hop}`,
      'hop.level': 'path',
      'hop.role': 'hands the request on to the next one',
      'chain.decision': hop % 3 === 0 ? 'handled' : 'passed',
      ...(hop === 0 ? { 'server.name': 'demo' } : {}),
      ...(hop % 5 === 0 ? { 'instance.id': instanceOf(trace), 'image.id': `image-${trace % 100}` } : {}),
    },
    events: [],
    links: [],
    status: hop === 49 && trace % 100 === 0 ? { code: 'error', message: 'no valid host' } : { code: 'unset' },
    resource: { 'host.name': 'node1', 'service.version': '0.1.0', 'process.pid': 4711 },
    scope: { name: '@bootlab/hop', version: '0.1.0' },
  };
}

/** A trace as large as a boot's, or larger, as an OTLP/JSON request. */
export function bootRequest(trace: number, spans = SPANS): string {
  return JSON.stringify(toOtlp(Array.from({ length: spans }, (_, index) => bootSpan(trace, index, spans))));
}

/** The same for several traces. */
export function bootRequests(first: number, count: number): string {
  const spans = Array.from({ length: count }, (_, trace) =>
    Array.from({ length: SPANS }, (_, index) => bootSpan(first + trace, index, SPANS)),
  );
  return JSON.stringify(toOtlp(spans.flat()));
}
