import { atLevel, Level } from './levels';
import { compareNano } from './time';
import { TraceTree, walk } from './tree';

/** The id of the hop that a span plays: the function's dotted name. Undefined for spans that play none. */
export function hopId(attributes: Readonly<Record<string, unknown>>): string | undefined {
  const id = attributes['code.function.name'];
  return typeof id === 'string' ? id : undefined;
}

/**
 * The ids of the hops a request passed, in the order of their start, down to `level`. Clocks of two processes may differ
 * by a little, so a hop never comes before the one that led to it.
 */
export function hopPath(tree: TraceTree, level: Level): string[] {
  const startOf = new Map<string, string>();
  const hops: Array<{ id: string; start: string }> = [];
  for (const { node } of walk(atLevel(tree, level))) {
    const { span, parent } = node;
    const atLeast = parent === undefined ? '0' : startOf.get(parent.span.spanId)!;
    const start = compareNano(span.startTimeUnixNano, atLeast) < 0 ? atLeast : span.startTimeUnixNano;
    startOf.set(span.spanId, start);
    const id = hopId(span.attributes);
    if (id !== undefined) hops.push({ id, start });
  }
  return hops.sort((a, b) => compareNano(a.start, b.start)).map(({ id }) => id);
}
