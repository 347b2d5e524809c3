import fc from 'fast-check';
import { makeSpan, spanId } from './testing/make-span';
import { buildTree, TreeNode, walk } from './tree';

const ids = (nodes: readonly TreeNode[]) => nodes.map(({ span }) => parseInt(span.spanId, 16));

describe('buildTree', () => {
  it('hangs children on their parents in the order of their start, whatever the order of arrival', () => {
    const spans = [
      makeSpan(4, 1, { at: 9 }),
      makeSpan(3, 1, { at: 2 }),
      makeSpan(2, 1, { at: 2 }),
      makeSpan(1, undefined),
    ];
    const tree = buildTree(spans);
    expect(ids(tree.roots)).toEqual([1]);
    expect(ids(tree.roots[0]!.children)).toEqual([2, 3, 4]);
    expect(tree.roots[0]!.children[0]!.parent).toBe(tree.roots[0]);
  });

  it('tells orphans from roots', () => {
    const tree = buildTree([makeSpan(1, undefined), makeSpan(2, undefined), makeSpan(3, 9), makeSpan(4, 3)]);
    expect(ids(tree.roots)).toEqual([1, 2]);
    expect(ids(tree.orphans)).toEqual([3]);
    expect(ids(tree.orphans[0]!.children)).toEqual([4]);
  });

  it('keeps the first of two spans with one id', () => {
    const tree = buildTree([makeSpan(1, undefined, { name: 'first' }), makeSpan(1, undefined, { name: 'second' })]);
    expect(tree.byId.get(spanId(1))?.span.name).toBe('first');
    expect(tree.roots).toHaveLength(1);
  });

  it('cuts spans loose that are one another’s ancestors', () => {
    const tree = buildTree([
      makeSpan(1, undefined),
      makeSpan(2, 4),
      makeSpan(3, 2),
      makeSpan(4, 3),
      makeSpan(5, 4),
      makeSpan(6, 6),
    ]);
    expect(ids(tree.orphans)).toEqual([2, 6]);
    expect([...walk(tree)].map(({ node, depth }) => [...ids([node]), depth])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
      [4, 2],
      [5, 3],
      [6, 0],
    ]);
  });

  it('survives a chain of a hundred thousand spans', () => {
    const chain = Array.from({ length: 100_000 }, (_, id) => makeSpan(id + 1, id === 0 ? undefined : id));
    expect([...walk(buildTree(chain))].at(-1)?.depth).toBe(99_999);
  });

  it('holds each span exactly once, parents before children', () => {
    const spans = fc.array(
      fc.record({
        id: fc.integer({ min: 1, max: 20 }),
        parent: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
        at: fc.nat(5),
      }),
    );
    fc.assert(
      fc.property(spans, (list) => {
        const tree = buildTree(list.map(({ id, parent, at }) => makeSpan(id, parent, { at })));
        const seen = new Set<TreeNode>();
        for (const { node } of walk(tree)) {
          expect(seen.has(node)).toBe(false);
          if (node.parent) expect(seen.has(node.parent)).toBe(true);
          seen.add(node);
        }
        expect(seen.size).toBe(new Set(list.map(({ id }) => id)).size);
      }),
    );
  });
});
