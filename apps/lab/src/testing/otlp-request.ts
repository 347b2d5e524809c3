type Value = string | number | boolean;

/** A span of a request, with ids as small numbers. */
export interface SentSpan {
  trace: number;
  id: number;
  parent?: number;
  name?: string;
  service?: string;
  kind?: number;
  /** Milliseconds after a fixed moment. */
  at?: number;
  took?: number;
  error?: string;
  attributes?: Record<string, Value>;
}

const START = 1_795_368_871_000_000_000n;

export const traceId = (trace: number) => trace.toString(16).padStart(32, '0');
export const spanId = (id: number) => id.toString(16).padStart(16, '0');

const nano = (millis: number) => (START + BigInt(Math.round(millis * 1e6))).toString();

function keyValues(attributes: Record<string, Value>) {
  const typed = (value: Value) =>
    typeof value === 'string'
      ? { stringValue: value }
      : typeof value === 'number'
        ? { intValue: value }
        : { boolValue: value };
  return Object.entries(attributes).map(([key, value]) => ({ key, value: typed(value) }));
}

/** An OTLP/JSON request, one resource a span. */
export function otlpRequest(...spans: SentSpan[]) {
  return {
    resourceSpans: spans.map(({ trace, id, parent, service = 'compute-api', at = id, took = 1, ...span }) => ({
      resource: { attributes: keyValues({ 'service.name': service, 'host.name': 'node1' }) },
      scopeSpans: [
        {
          scope: { name: '@bootlab/hop', version: '1' },
          spans: [
            {
              traceId: traceId(trace),
              spanId: spanId(id),
              parentSpanId: parent === undefined ? '' : spanId(parent),
              name: span.name ?? `span ${id}`,
              kind: span.kind ?? 1,
              startTimeUnixNano: nano(at),
              endTimeUnixNano: nano(at + took),
              attributes: keyValues(span.attributes ?? {}),
              status: span.error === undefined ? {} : { code: 2, message: span.error },
              flags: 257,
            },
          ],
        },
      ],
    })),
  };
}
