import fc from 'fast-check';
import { LEVELS } from './levels';
import { Span } from './span';
import { makeSpan } from './testing/make-span';
import { displayWidth } from './text-width';
import { buildTree } from './tree';
import { renderWaterfall, WaterfallColors } from './waterfall';

const hop = (level: string) => ({ attributes: { 'hop.level': level } });
const failed = (message: string) => ({ status: { code: 'error' as const, message } });

const boot = [
  makeSpan(1, undefined, { name: 'POST /v2.1/servers', kind: 'server', at: 0, took: 40 }),
  makeSpan(2, 1, { name: '_create_instance', ...hop('story'), at: 1, took: 38 }),
  makeSpan(3, 2, { name: '_get_image', ...hop('story'), at: 2, took: 10 }),
  makeSpan(4, 3, { name: 'GET /v1/images/{id}', kind: 'client', at: 3, took: 8 }),
  makeSpan(5, 4, { name: 'meta', service: 'glance-api', ...hop('story'), at: 4, took: 0.05 }),
  makeSpan(6, 2, { name: 'cast conductor', kind: 'producer', at: 38, took: 1 }),
];

const show = (spans: Span[], width: number, level: (typeof LEVELS)[number] = 'path') =>
  renderWaterfall(buildTree(spans), { width, level });

describe('renderWaterfall', () => {
  it('draws the tree with bars on one time scale', () => {
    expect(show(boot, 80)).toEqual([
      'compute-api POST /v2.1/servers                      ████████████████████ 40.0 ms',
      'compute-api └─ _create_instance                     ███████████████████  38.0 ms',
      'compute-api    ├─ _get_image                         █████               10.0 ms',
      'compute-api    │  └─ GET /v1/images/{id}             ████                8.00 ms',
      'glance-api     │     └─ meta                          ▏                    50 µs',
      'compute-api    └─ cast conductor                                       █ 1.00 ms',
    ]);
  });

  it('leaves deeper levels out', () => {
    expect(show(boot, 60, 'story').map((line) => line.slice(0, 36).trimEnd())).toEqual([
      'compute-api POST /v2.1/servers',
      'compute-api └─ _create_instance',
      'compute-api    ├─ _get_image',
      'glance-api     │  └─ meta',
      'compute-api    └─ cast conductor',
    ]);
  });

  it('marks what failed and tells why once, where it began', () => {
    const spans = [
      makeSpan(1, undefined, { name: 'show', at: 0, took: 4, ...failed('Image x could not be found.') }),
      makeSpan(2, 1, { name: '_get', at: 1, took: 2, ...failed('Image x could not be found.') }),
      makeSpan(3, 1, { name: 'log', at: 3.5, took: 0.1 }),
    ];
    expect(show(spans, 60)).toEqual([
      'compute-api ✗ show                   ███████████████ 4.00 ms',
      'compute-api ├─ ✗ _get                   ████████     2.00 ms',
      '            │     ✗ Image x could not be found.',
      'compute-api └─ log                                ▏   100 µs',
    ]);
  });

  it('marks a span whose parent is not there', () => {
    expect(show([makeSpan(1, undefined), makeSpan(3, 2, hop('story'))], 80)[1]).toContain('(parent missing) span 3');
  });

  it('gives nothing for nothing', () => {
    expect(show([], 80)).toEqual([]);
  });

  it('has no escape sequences of its own, nor lets any through', () => {
    const lines = show([makeSpan(1, undefined, { name: 'a\u001b[31m\nb', ...failed('x\u0007') })], 80);
    // eslint-disable-next-line no-control-regex
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f]/);
    expect(lines).toHaveLength(2);
  });

  it('paints after it has laid out', () => {
    const paint = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const parts = ['service', 'glyph', 'name', 'bar', 'duration', 'error'] as const;
    const color = Object.fromEntries(parts.map((part) => [part, paint(part)])) as unknown as WaterfallColors;
    const painted = renderWaterfall(buildTree(boot), { width: 80, level: 'path', color });
    expect(painted[4]).toContain('<service>glance-api </service>');
    expect(painted.map((line) => line.replaceAll(/<\/?\w+>/g, ''))).toEqual(show(boot, 80));
  });

  it('never exceeds the width, whatever the trace', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom('映像', 'a\u001b[0m', '👩‍👩‍👧'));
    const span = fc.record({
      parent: fc.option(fc.nat()),
      deep: fc.boolean(),
      name: text,
      service: text,
      message: fc.option(text),
      at: fc.double({ min: 0, max: 1e6, noNaN: true }),
      took: fc.double({ min: 0, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(span, { minLength: 1 }), fc.integer({ min: 1, max: 200 }), (list, width) => {
        const spans = list.map(({ parent, deep, message, ...rest }, index) =>
          makeSpan(index + 1, deep && index > 0 ? index : parent === null ? undefined : (parent % 50) + 1, {
            ...rest,
            ...(message === null ? {} : failed(message)),
          }),
        );
        for (const line of show(spans, width, 'detail')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('stays readable when the tree is deeper than the terminal is wide', () => {
    const chain = Array.from({ length: 200 }, (_, id) =>
      makeSpan(id + 1, id === 0 ? undefined : id, { took: 200 - id }),
    );
    const last = show(chain, 80, 'detail').at(-1)!;
    expect(last).toContain('span 200');
    expect(displayWidth(last)).toBe(80);
  });
});
