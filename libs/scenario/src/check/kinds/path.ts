import type { TreeNode } from '@bootlab/trace-model';
import { shortHop } from '../../schema/hops';
import type { Assertion } from '../../schema/scenario';
import type { Finding } from '../finding';
import { findInOrder } from '../in-order';
import { spanName } from '../span-line';
import { find } from '../target';
import { ancestors, TraceView } from '../trace-view';

/** Each hop stands somewhere below the one before, in the tree of calls. */
function below(view: TraceView, hops: readonly string[]): { reached: TreeNode[]; missing?: string } {
  const reached: TreeNode[] = [];
  let before: Set<TreeNode> | undefined;
  for (const hop of hops) {
    const above = before;
    const here = find(view, hop).filter(
      (node) => above === undefined || [...ancestors(node)].some((node) => above.has(node)),
    );
    if (here.length === 0) return { reached, missing: hop };
    before = new Set(here);
    reached.push(here[0]!);
  }
  return { reached };
}

export function checkPath(wanted: NonNullable<Assertion['path']>, view: TraceView): Finding {
  const { hops, order } = Array.isArray(wanted) ? { hops: wanted, order: 'ancestor' as const } : wanted;
  const { reached, missing } = order === 'time' ? findInOrder(view, hops) : below(view, hops);
  const sign = order === 'time' ? ', then ' : ' → ';
  const text = `the path ${hops.map(shortHop).join(sign)}`;
  const last = reached.at(-1);
  const place = last === undefined ? '' : order === 'time' ? ` after ${spanName(last)}` : ` below ${spanName(last)}`;
  const elsewhere = missing === undefined ? [] : find(view, missing);
  return {
    text,
    ok: missing === undefined,
    expected: missing === undefined ? text : `${shortHop(missing)}${place}`,
    found: elsewhere.length === 0 ? 'it is not in the trace' : `it is in the trace, but not${place}`,
    sought: missing,
    around: last,
  };
}
