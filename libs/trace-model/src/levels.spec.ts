import fc from 'fast-check';
import { atLevel, Level, levelOf, LEVELS } from './levels';
import { Span } from './span';
import { makeSpan } from './testing/make-span';
import { buildTree, TraceTree, walk } from './tree';

const hop = (level: string) => ({ attributes: { 'hop.level': level } });

describe('levelOf', () => {
  const command = makeSpan(1, undefined, { service: 'bootlab' });
  const api = makeSpan(1, undefined, { service: 'compute-api' });

  it.each<[string, Span, Span | undefined, Level]>([
    ['what the hop says', makeSpan(2, 1, { ...hop('detail'), kind: 'producer' }), api, 'detail'],
    ['a root', makeSpan(2, undefined), undefined, 'story'],
    ['a message sent', makeSpan(2, 1, { kind: 'producer' }), api, 'story'],
    ['a message taken', makeSpan(2, 1, { kind: 'consumer' }), api, 'path'],
    ['a client', makeSpan(2, 1, { kind: 'client' }), api, 'path'],
    ['a server inside', makeSpan(2, 1, { kind: 'server' }), api, 'path'],
    ['a server called by the command', makeSpan(2, 1, { kind: 'server' }), command, 'story'],
    ['a server called from outside', makeSpan(2, 1, { kind: 'server' }), undefined, 'story'],
    ['a statement', makeSpan(2, 1, { kind: 'client', attributes: { 'db.system.name': 'sqlite' } }), api, 'path'],
    ['anything else', makeSpan(2, 1), api, 'path'],
    ['a level that is none', makeSpan(2, 1, hop('deep')), api, 'path'],
  ])('%s', (_, span, parent, level) => {
    expect(levelOf(span, parent)).toBe(level);
  });
});

const outline = (tree: TraceTree) =>
  [...walk(tree)].map(({ node, depth }) => '.'.repeat(depth) + parseInt(node.span.spanId, 16));

describe('atLevel', () => {
  it('hangs the children of hidden spans on the nearest visible ancestor, by start', () => {
    const tree = buildTree([
      makeSpan(1, undefined),
      makeSpan(2, 1, { ...hop('path'), at: 1 }),
      makeSpan(3, 2, { ...hop('detail'), at: 4 }),
      makeSpan(4, 3, { ...hop('story'), at: 5 }),
      makeSpan(5, 2, { ...hop('story'), at: 3 }),
      makeSpan(6, 1, { ...hop('story'), at: 4 }),
    ]);
    expect(outline(atLevel(tree, 'detail'))).toEqual(['1', '.2', '..5', '..3', '...4', '.6']);
    expect(outline(atLevel(tree, 'path'))).toEqual(['1', '.2', '..5', '..4', '.6']);
    expect(outline(atLevel(tree, 'story'))).toEqual(['1', '.5', '.6', '.4']);
  });

  it('makes orphans of what hung on a hidden orphan', () => {
    const tree = atLevel(buildTree([makeSpan(2, 1, hop('detail')), makeSpan(3, 2, hop('story'))]), 'story');
    expect(tree.roots).toEqual([]);
    expect(tree.orphans).toHaveLength(1);
  });

  it('never loses a visible span, and keeps ancestors above', () => {
    const spans = fc.array(fc.record({ parent: fc.nat(), level: fc.constantFrom(...LEVELS), at: fc.nat(9) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(spans, fc.constantFrom(...LEVELS), (list, level) => {
        const all = list.map(({ parent, level: own, at }, index) =>
          makeSpan(index + 1, index === 0 ? undefined : (parent % index) + 1, { ...hop(own), at }),
        );
        const whole = buildTree(all);
        const shown = atLevel(whole, level);
        const expected = all.filter((span) => LEVELS.indexOf(levelOf(span)) <= LEVELS.indexOf(level));
        expect([...shown.byId.keys()].sort()).toEqual(expected.map(({ spanId }) => spanId));
        for (const { node } of walk(shown)) {
          let above = whole.byId.get(node.span.spanId)!.parent;
          while (above && !shown.byId.has(above.span.spanId)) above = above.parent;
          expect(node.parent?.span).toBe(above?.span);
        }
      }),
    );
  });
});
