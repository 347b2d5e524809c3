import type { Span } from '../span';

const START = 1_795_368_871_000_000_000n;

/** A span for specs: ids are small numbers, times are milliseconds after a fixed moment. */
export function makeSpan(
  id: number,
  parent: number | undefined,
  { at = id, took = 1, ...rest }: Partial<Span> & { at?: number; took?: number } = {},
): Span {
  return {
    traceId: '1'.padStart(32, '0'),
    spanId: spanId(id),
    ...(parent === undefined ? {} : { parentSpanId: spanId(parent) }),
    name: `span ${id}`,
    kind: 'internal',
    service: 'compute-api',
    startTimeUnixNano: (START + BigInt(Math.round(at * 1e6))).toString(),
    durationNano: Math.round(took * 1e6),
    attributes: {},
    events: [],
    links: [],
    status: { code: 'unset' },
    resource: {},
    scope: { name: '' },
    ...rest,
  };
}

export function spanId(id: number): string {
  return id.toString(16).padStart(16, '0');
}
