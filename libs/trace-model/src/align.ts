import { hopId } from './path';
import type { Span } from './span';
import type { TraceTree, TreeNode } from './tree';

/** Two spans at the same place of two call trees, or a span that only one of them has there. */
export interface Aligned {
  a?: TreeNode;
  b?: TreeNode;
  depth: number;
  parent?: Aligned;
}

/** Longer lists are matched in order without looking for the best match, which takes the product of their lengths. */
const LONGEST_FOR_BEST_MATCH = 500;

function identity({ service, kind, name, attributes }: Span): string {
  return `${service} ${kind} ${hopId(attributes) ?? name}`;
}

type Matches = Map<TreeNode, TreeNode>;

/** The longest list of spans that both have in this order. */
function longestCommon(a: readonly TreeNode[], b: readonly TreeNode[], keyOf: (node: TreeNode) => string): Matches {
  const [aKeys, bKeys] = [a.map(keyOf), b.map(keyOf)];
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [skipA, skipB] = [lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!];
      const both = aKeys[i] === bKeys[j] ? lengths[(i + 1) * width + j + 1]! + 1 : 0;
      lengths[i * width + j] = Math.max(skipA, skipB, both);
    }
  }
  const matches: Matches = new Map();
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const here = lengths[i * width + j]!;
    if (aKeys[i] === bKeys[j] && here === lengths[(i + 1) * width + j + 1]! + 1) matches.set(a[i++]!, b[j++]!);
    else if (here === lengths[(i + 1) * width + j]) i++;
    else j++;
  }
  return matches;
}

/** Pairs what is left by its key, first with first: spans that overlap in time come in any order. */
function matchRest(
  a: readonly TreeNode[],
  b: readonly TreeNode[],
  matches: Matches,
  keyOf: (node: TreeNode) => string,
) {
  const taken = new Set(matches.values());
  const waiting = new Map<string, TreeNode[]>();
  for (const node of [...b].reverse()) {
    if (taken.has(node)) continue;
    const same = waiting.get(keyOf(node));
    if (same) same.push(node);
    else waiting.set(keyOf(node), [node]);
  }
  for (const node of a) {
    const match = matches.has(node) ? undefined : waiting.get(keyOf(node))?.pop();
    if (match) matches.set(node, match);
  }
}

/** A's spans in their order, and after each the spans of B alone that follow its partner. */
function alignChildren(a: readonly TreeNode[], b: readonly TreeNode[]): Pick<Aligned, 'a' | 'b'>[] {
  const keys = new Map([...a, ...b].map((node) => [node, identity(node.span)]));
  const keyOf = (node: TreeNode) => keys.get(node)!;
  const small = Math.max(a.length, b.length) <= LONGEST_FOR_BEST_MATCH;
  const matches = small ? longestCommon(a, b, keyOf) : new Map<TreeNode, TreeNode>();
  matchRest(a, b, matches, keyOf);

  const partnersInB = new Set(matches.values());
  const aloneAfter = new Map<TreeNode | undefined, TreeNode[]>();
  let last: TreeNode | undefined;
  for (const node of b) {
    if (partnersInB.has(node)) last = node;
    else if (aloneAfter.has(last)) aloneAfter.get(last)!.push(node);
    else aloneAfter.set(last, [node]);
  }
  const alone = (after: TreeNode | undefined) => (aloneAfter.get(after) ?? []).map((node) => ({ b: node }));
  const rows: Pick<Aligned, 'a' | 'b'>[] = alone(undefined);
  for (const node of a) {
    const partner = matches.get(node);
    rows.push({ a: node, b: partner });
    if (partner) rows.push(...alone(partner));
  }
  return rows;
}

const tops = ({ roots, orphans }: TraceTree) => [...roots, ...orphans];

/** The spans above the one that is as the top of the other tree: who called what the other trace begins with. */
function callersAbove(top: TreeNode, other: TreeNode): TreeNode[] | undefined {
  const wanted = identity(other.span);
  const callers: TreeNode[] = [];
  for (let at = top; identity(at.span) !== wanted; at = at.children[0]!) {
    if (at.children.length !== 1) return undefined;
    callers.push(at);
  }
  return callers;
}

/**
 * Lays two trees over each other: top down, children of the same parents by hop, service and order. Where one begins further up, as a boot by the
 * command does beside one by curl, its first spans stand alone.
 */
export function align(a: TraceTree, b: TraceTree): Aligned[] {
  const rows: Aligned[] = [];
  const stack: Aligned[] = [];
  const open = (inA: readonly TreeNode[], inB: readonly TreeNode[], depth: number, parent?: Aligned) => {
    for (const pair of alignChildren(inA, inB).reverse()) stack.push({ ...pair, depth, parent });
  };
  const [inA, inB] = [tops(a), tops(b)];
  const single = inA.length === 1 && inB.length === 1;
  const aloneInA = single ? callersAbove(inA[0]!, inB[0]!) : undefined;
  const aloneInB = single && !aloneInA ? callersAbove(inB[0]!, inA[0]!) : undefined;
  for (const node of aloneInA ?? []) rows.push({ a: node, depth: rows.length, parent: rows.at(-1) });
  for (const node of aloneInB ?? []) rows.push({ b: node, depth: rows.length, parent: rows.at(-1) });
  open(rows.at(-1)?.a?.children ?? inA, rows.at(-1)?.b?.children ?? inB, rows.length, rows.at(-1));
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    rows.push(row);
    open(row.a?.children ?? [], row.b?.children ?? [], row.depth + 1, row);
  }
  return rows;
}
