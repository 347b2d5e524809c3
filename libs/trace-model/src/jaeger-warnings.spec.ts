import { jaegerWarnings } from './jaeger-warnings';
import { makeSpan } from './testing/make-span';

const host = (name: string) => ({ resource: { 'host.name': name } });
const warnings = (...spans: Parameters<typeof jaegerWarnings>[0]) => {
  const of = jaegerWarnings(spans);
  return spans.map((span) => of.get(span));
};
const skewed = (delta: string) => [`clock skew adjustment disabled; not applying calculated delta of ${delta}`];

describe('jaegerWarnings', () => {
  const parent = makeSpan(1, undefined, { at: 100, took: 20, ...host('a') });

  it('has nothing to say of a child that lies within its parent, or runs on the same host', () => {
    expect(warnings(parent, makeSpan(2, 1, { at: 105, took: 5, ...host('b') }))).toEqual([undefined, undefined]);
    expect(warnings(parent, makeSpan(2, 1, { at: 90, took: 5, ...host('a') }))).toEqual([undefined, undefined]);
  });

  it('tells how far a child of another host is off, down to what runs there below', () => {
    const child = makeSpan(2, 1, { at: 90, took: 10, ...host('b') });
    const below = makeSpan(3, 2, { at: 91, took: 1, ...host('b') });
    expect(warnings(parent, child, below)).toEqual([undefined, skewed('15ms'), skewed('15ms')]);
    expect(warnings(parent, makeSpan(2, 1, { at: 115, took: 10, ...host('b') }))[1]).toEqual(skewed('-10ms'));
  });

  it('moves a child that took longer than its parent no further than to its start', () => {
    expect(warnings(parent, makeSpan(2, 1, { at: 110, took: 50, ...host('b') }))[1]).toBeUndefined();
    expect(warnings(parent, makeSpan(2, 1, { at: 99, took: 50, ...host('b') }))[1]).toEqual(skewed('1ms'));
  });

  it('takes hosts without a name for different ones, and host.id and host.ip before host.name', () => {
    const nameless = [makeSpan(1, undefined, { at: 100, took: 20 }), makeSpan(2, 1, { at: 90, took: 10 })];
    expect(warnings(...nameless)[1]).toEqual(skewed('15ms'));
    const same = { resource: { 'host.ip': ['10.0.0.1'], 'host.name': 'other' } };
    const first = makeSpan(1, undefined, { at: 100, took: 20, resource: { 'host.ip': '10.0.0.1' } });
    expect(warnings(first, makeSpan(2, 1, { at: 90, took: 10, ...same }))[1]).toBeUndefined();
  });

  it('names a missing parent and an id that is there twice', () => {
    expect(warnings(parent, makeSpan(1, undefined), makeSpan(3, 2))).toEqual([
      undefined,
      ['duplicate span IDs; skipping clock skew adjustment'],
      ['parent span ID=0000000000000002 is not in the trace; skipping clock skew adjustment'],
    ]);
  });
});
