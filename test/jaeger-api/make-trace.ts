const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');

/** A trace of `spans` spans as an OTLP/JSON request. */
export function makeTrace(trace: number, spans: number): { traceId: string; body: string } {
  const traceId = hex(trace, 32);
  const list = Array.from({ length: spans }, (_, index) => ({
    traceId,
    spanId: hex(index + 1, 16),
    parentSpanId: index === 0 ? '' : hex(index, 16),
    name: `span ${index}`,
    kind: 1,
    startTimeUnixNano: String(1_795_368_871_000_000_000n + BigInt(index * 1000)),
    endTimeUnixNano: String(1_795_368_871_001_000_000n),
  }));
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'compute-api' } }] };
  return { traceId, body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: list }] }] }) };
}
