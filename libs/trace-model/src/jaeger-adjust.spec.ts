import { adjustForJaeger } from './jaeger-adjust';
import type { Span } from './span';
import { makeSpan } from './testing/make-span';

const keysOf = (attributes: object) => Object.keys(attributes);

describe('adjustForJaeger', () => {
  const adjust = (span: Partial<Span>) => adjustForJaeger([makeSpan(1, undefined, span)])[0]!;

  it('brings attributes and events into order, and leaves the span it was given', () => {
    const attributes = { z: 1, a: 2, m: 3 };
    const event = (name: string) => ({ name, timeUnixNano: '1', attributes });
    const link = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), attributes };
    const span = makeSpan(1, undefined, {
      attributes,
      resource: { y: 1, x: 2 },
      events: [event('second'), event('first')],
      links: [link],
    });
    const [adjusted] = adjustForJaeger([span]);
    expect(keysOf(adjusted!.attributes)).toEqual(['a', 'm', 'z']);
    expect(keysOf(adjusted!.resource)).toEqual(['x', 'y']);
    expect(adjusted!.events.map(({ name }) => name)).toEqual(['first', 'second']);
    expect(keysOf(adjusted!.events[0]!.attributes)).toEqual(['a', 'm', 'z']);
    expect(keysOf(adjusted!.links[0]!.attributes)).toEqual(['a', 'm', 'z']);
    expect(keysOf(span.attributes)).toEqual(['z', 'a', 'm']);
  });

  it('makes addresses readable', () => {
    const address = { ip: 16_909_060, 'peer.ipv4': -1, other: 16_909_060 };
    const readable = { ip: '1.2.3.4', 'peer.ipv4': '255.255.255.255', other: 16_909_060 };
    expect(adjust({ attributes: address, resource: address })).toMatchObject({
      attributes: readable,
      resource: readable,
    });
  });

  it('moves what describes the SDK to the resource, unless that says otherwise', () => {
    const attributes = {
      'telemetry.sdk.language': 'nodejs',
      'telemetry.sdk.name': 'mine',
      'telemetry.sdk.version': '1',
      'telemetry.sdk.color': 'red',
    };
    const span = adjust({ attributes, resource: { 'telemetry.sdk.name': 'other', 'telemetry.sdk.version': '1' } });
    expect(span.attributes).toEqual({
      'telemetry.sdk.color': 'red',
      'telemetry.sdk.name': 'mine',
      '@jaeger@warnings': ['conflicting values between Span and Resource for attribute telemetry.sdk.name'],
    });
    expect(span.resource).toEqual({
      'telemetry.sdk.language': 'nodejs',
      'telemetry.sdk.name': 'other',
      'telemetry.sdk.version': '1',
    });
  });

  it('adds its warnings to those that a span came with', () => {
    const span = makeSpan(2, 1, { attributes: { '@jaeger@warnings': ['before'] } });
    expect(adjustForJaeger([span])[0]!.attributes['@jaeger@warnings']).toEqual([
      'before',
      'parent span ID=0000000000000001 is not in the trace; skipping clock skew adjustment',
    ]);
  });

  it('gives spans of one resource one resource', () => {
    const resource = { b: 1, a: 2 };
    const [first, second] = adjustForJaeger([makeSpan(1, undefined, { resource }), makeSpan(2, 1, { resource })]);
    expect(first!.resource).toBe(second!.resource);
  });
});
