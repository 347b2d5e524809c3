import fc from 'fast-check';
import { criticalPath } from './critical-path';
import { Span } from './span';
import { makeSpan } from './testing/make-span';

const path = (spans: Span[]) =>
  criticalPath(spans).segments.map(
    ({ spanId, startNano, endNano }) => `${parseInt(spanId, 16)}: ${startNano / 1e6}–${endNano / 1e6}`,
  );
const root = (took = 10) => makeSpan(1, undefined, { at: 0, took });

describe('criticalPath', () => {
  it('goes through children one after the other', () => {
    const spans = [root(), makeSpan(2, 1, { at: 1, took: 3 }), makeSpan(3, 1, { at: 5, took: 4 })];
    expect(path(spans)).toEqual(['1: 0–1', '2: 1–4', '1: 4–5', '3: 5–9', '1: 9–10']);
    expect(criticalPath(spans).spanIds.map((id) => parseInt(id, 16))).toEqual([1, 2, 3]);
  });

  it('takes, of children that overlap, the one that ended last', () => {
    expect(path([root(), makeSpan(2, 1, { at: 1, took: 3 }), makeSpan(3, 1, { at: 2, took: 7 })])).toEqual([
      '1: 0–2',
      '3: 2–9',
      '1: 9–10',
    ]);
  });

  it('follows a cast whose sender did not wait', () => {
    const cast = makeSpan(2, 1, { kind: 'producer', at: 1, took: 1 });
    const work = makeSpan(3, 2, { kind: 'consumer', at: 3, took: 20 });
    expect(path([root(4), cast, work])).toEqual(['1: 0–1', '2: 1–2', '3: 3–23']);
  });

  it('goes back to a call that went on below, once its answer was there', () => {
    const call = makeSpan(2, 1, { at: 1, took: 3 });
    const body = makeSpan(3, 2, { kind: 'client', at: 2, took: 7 });
    const reader = makeSpan(4, 1, { at: 5, took: 5 });
    expect(path([root(11), call, body, reader])).toEqual([
      '1: 0–1',
      '2: 1–2',
      '3: 2–4',
      '1: 4–5',
      '4: 5–10',
      '1: 10–11',
    ]);
  });

  it('is empty for no spans, and copes with 10,000 of them', () => {
    expect(criticalPath([])).toEqual({ spanIds: [], segments: [] });
    const chain = Array.from({ length: 10_000 }, (_, index) =>
      makeSpan(index + 1, index === 0 ? undefined : index, { took: 1e5 }),
    );
    expect(criticalPath(chain).spanIds).toHaveLength(10_000);
  });

  it('never overlaps itself and stays within the spans', () => {
    const span = fc.record({ parent: fc.nat(), at: fc.nat(50), took: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 30 }), (list) => {
        const spans = list.map(({ parent, at, took }, index) =>
          makeSpan(index + 1, index === 0 ? undefined : (parent % index) + 1, { at, took }),
        );
        const first = Math.min(...list.map(({ at }) => at)) * 1e6;
        let last = 0;
        for (const { spanId, startNano, endNano } of criticalPath(spans).segments) {
          const { at, took } = list[parseInt(spanId, 16) - 1]!;
          expect(startNano).toBeGreaterThanOrEqual(Math.max(last, at * 1e6 - first));
          expect(endNano).toBeLessThanOrEqual((at + took) * 1e6 - first);
          last = endNano;
        }
      }),
    );
  });
});
