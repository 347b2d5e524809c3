import { spansFromOtlp } from './otlp';
import { toOtlp } from './otlp-json';
import { makeSpan } from './testing/make-span';

describe('toOtlp', () => {
  const scope = { name: 'hop', version: '1' };
  const spans = [
    makeSpan(1, undefined, {
      kind: 'server',
      scope,
      resource: { 'host.name': 'node1' },
      attributes: { text: 'a', whole: 7, half: 0.5, yes: true, none: null, list: ['a', 1], map: { a: [false] } },
      events: [{ name: 'e', timeUnixNano: '1795368871000002999', attributes: { k: 'v' } }],
      links: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), attributes: { k: 1 }, traceState: 'x=y' }],
      status: { code: 'error', message: 'boom' },
      traceState: 'k=v',
    }),
    makeSpan(2, 1, { scope, resource: { 'host.name': 'node1' }, status: { code: 'ok' } }),
    makeSpan(3, 1, { service: 'missing-service-name' }),
  ];

  it('is read back as it was', () => {
    expect(spansFromOtlp(JSON.parse(JSON.stringify(toOtlp(spans))))).toEqual(spans);
  });

  it('groups spans by resource and scope', () => {
    const { resourceSpans } = toOtlp(spans);
    expect(resourceSpans.map(({ scopeSpans }) => scopeSpans.map((of) => of.spans.length))).toEqual([[2], [1]]);
    expect(resourceSpans[1]!.resource.attributes).toEqual([]);
  });
});
