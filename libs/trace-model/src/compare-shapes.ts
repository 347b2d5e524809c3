import type { Shape, ShapeNode } from './shape';

export interface ShapeComparison {
  equal: boolean;
  /** A sentence each, with the way to the span it is about; the first {@link MOST_DIFFERENCES} of them. */
  differences: string[];
}

export const MOST_DIFFERENCES = 50;

/** The spans above a list, from the inside out. */
interface Above {
  node: ShapeNode;
  above?: Above;
}

interface Pair {
  expected: Shape;
  actual: Shape;
  above?: Above;
}

interface Pairing {
  pairs: [expected: ShapeNode, actual: ShapeNode][];
  missing: ShapeNode[];
  added: ShapeNode[];
}

function identity({ service, kind, hop, name }: ShapeNode): string {
  return `${service} ${kind} ${hop ?? name}`;
}

function title({ name, service }: ShapeNode): string {
  return `\`${name}\` (${service})`;
}

const STEPS_SHOWN = 3;

/** The way to a list, its last steps: ``Below … → `spawn` (compute-manager): ``. */
function way(above: Above | undefined): string {
  const steps: string[] = [];
  let at = above;
  for (; at !== undefined && steps.length < STEPS_SHOWN; at = at.above) steps.unshift(title(at.node));
  if (at !== undefined) steps.unshift('…');
  return steps.length === 0 ? '' : `Below ${steps.join(' → ')}: `;
}

/** Numbers subtrees so that equal ones, whatever the order of their children, share a number. */
function numberSubtrees(...shapes: Shape[]): Map<ShapeNode, number> {
  const numbers = new Map<string, number>();
  const of = new Map<ShapeNode, number>();
  const topDown: ShapeNode[] = [];
  for (const stack = shapes.flat(); stack.length > 0;) {
    const node = stack.pop()!;
    topDown.push(node);
    for (const child of node.children) stack.push(child);
  }
  for (const node of topDown.reverse()) {
    const below = node.children.map((child) => of.get(child)!).sort((a, b) => a - b);
    const text = JSON.stringify([identity(node), node.name, Object.entries(node.outcome).sort(), below]);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    of.set(node, number);
  }
  return of;
}

/** Pairs nodes of the same key, first with first; gives those that are left over. */
function pairBy<Key>(expected: Shape, actual: Shape, keyOf: (node: ShapeNode) => Key): Pairing {
  const waiting = new Map<Key, ShapeNode[]>();
  for (const node of [...actual].reverse()) {
    const key = keyOf(node);
    const same = waiting.get(key);
    if (same) same.push(node);
    else waiting.set(key, [node]);
  }
  const pairing: Pairing = { pairs: [], missing: [], added: [] };
  for (const node of expected) {
    const match = waiting.get(keyOf(node))?.pop();
    if (match) pairing.pairs.push([node, match]);
    else pairing.missing.push(node);
  }
  const left = new Set([...waiting.values()].flat());
  pairing.added = actual.filter((node) => left.has(node));
  return pairing;
}

/** Equal subtrees first, so that who of several did the work does not matter; then what is the same hop. */
function pairUp(expected: Shape, actual: Shape, numbers: Map<ShapeNode, number>): Pairing {
  const equal = pairBy(expected, actual, (node) => numbers.get(node)!);
  const alike = pairBy(equal.missing, equal.added, identity);
  return { ...alike, pairs: [...equal.pairs, ...alike.pairs] };
}

function* missingOrAdded({ missing, added }: Pairing, above: string): Generator<string> {
  for (const [nodes, what] of [
    [missing, 'is missing'],
    [added, 'is not expected'],
  ] as const) {
    const times = new Map<string, { node: ShapeNode; count: number }>();
    for (const node of nodes) {
      const known = times.get(identity(node));
      if (known) known.count++;
      else times.set(identity(node), { node, count: 1 });
    }
    for (const { node, count } of times.values()) {
      yield `${above}${title(node)} ${what}${count === 1 ? '' : `, ${count} times`}.`;
    }
  }
}

function* outcomeDifferences(expected: ShapeNode, actual: ShapeNode, above: string): Generator<string> {
  if (expected.name !== actual.name) yield `${above}${title(actual)} is expected to be called \`${expected.name}\`.`;
  for (const fact of new Set([...Object.keys(expected.outcome), ...Object.keys(actual.outcome)])) {
    const [wanted, found] = [expected.outcome[fact], actual.outcome[fact]];
    if (wanted === found) continue;
    yield `${above}${title(actual)} has ${fact} ${found ?? '(none)'}, expected is ${wanted ?? '(none)'}.`;
  }
}

interface Turn {
  node: ShapeNode;
  first: number;
  before: number;
}

/** When the spans of each identity have their turn: from the first that starts until the last has ended. */
function turns(nodes: Shape): Map<string, Turn> {
  const found = new Map<string, Turn>();
  nodes.forEach((node, place) => {
    const key = identity(node);
    const known = found.get(key);
    if (known) known.before = Math.max(known.before, node.before);
    else found.set(key, { node, first: place, before: node.before });
  });
  return found;
}

/** Spans that overlap have no order; those that follow one another keep theirs. */
function* orderDifferences(expected: Shape, actual: Shape, above: string): Generator<string> {
  const now = turns(actual);
  const wanted = [...turns(expected)].filter(([key]) => now.has(key));
  for (let at = 1; at < wanted.length; at++) {
    const [[earlierKey, earlier], [laterKey, later]] = [wanted[at - 1]!, wanted[at]!];
    const swapped = now.get(laterKey)!.before <= now.get(earlierKey)!.first;
    if (earlier.before <= later.first && swapped) {
      yield `${above}${title(later.node)} comes before ${title(earlier.node)}, expected is after it.`;
    }
  }
}

function* differencesOf(expected: Shape, actual: Shape): Generator<string> {
  const numbers = numberSubtrees(expected, actual);
  const stack: Pair[] = [{ expected, actual }];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const where = way(at.above);
    const pairing = pairUp(at.expected, at.actual, numbers);
    yield* missingOrAdded(pairing, where);
    yield* orderDifferences(at.expected, at.actual, where);
    for (const [wanted, found] of pairing.pairs) yield* outcomeDifferences(wanted, found, where);
    for (const [wanted, found] of pairing.pairs.reverse()) {
      stack.push({ expected: wanted.children, actual: found.children, above: { node: found, above: at.above } });
    }
  }
}

/** Whether two shapes are equal, and where they are not. Children that overlap in time may come in any order. */
export function compareShapes(expected: Shape, actual: Shape): ShapeComparison {
  const differences: string[] = [];
  for (const difference of differencesOf(expected, actual)) {
    if (differences.length === MOST_DIFFERENCES) break;
    differences.push(difference);
  }
  return { equal: differences.length === 0, differences };
}
