import { formatDuration, nanoBetween, TreeNode } from '@bootlab/trace-model';
import type { Assertion } from '../../schema/scenario';
import type { Finding } from '../finding';
import { findInOrder } from '../in-order';
import { describe, find } from '../target';
import type { TraceView } from '../trace-view';

type Wanted = NonNullable<Assertion['duration']>;

const NANOS_PER_MS = 1e6;
const shown = (milliseconds: number) => formatDuration(milliseconds * NANOS_PER_MS);

function longest(spans: readonly TreeNode[]): TreeNode | undefined {
  return [...spans].sort((a, b) => b.span.durationNano - a.span.durationNano)[0];
}

/** Milliseconds that are bounded, with the span they end at; or what is missing. */
function measure({ of, to }: Wanted, view: TraceView): { took: number; at: TreeNode } | { missing: Wanted['of'] } {
  if (to === undefined) {
    const at = longest(find(view, of));
    return at === undefined ? { missing: of } : { took: at.span.durationNano / NANOS_PER_MS, at };
  }
  const { reached, missing } = findInOrder(view, [of, to]);
  if (missing !== undefined) return { missing };
  const [start, end] = reached as [TreeNode, TreeNode];
  return { took: nanoBetween(start.span.startTimeUnixNano, end.span.startTimeUnixNano) / NANOS_PER_MS, at: end };
}

/** Of several spans the longest counts; with `to`, from the first start of the one to the next start of the other. */
export function checkDuration(wanted: Wanted, view: TraceView): Finding {
  const { of, to, at_least: least = 0, at_most: most = Infinity } = wanted;
  const what = to === undefined ? describe(of) : `from ${describe(of)} to ${describe(to)}`;
  const bounds = [
    wanted.at_least === undefined ? '' : `at least ${shown(least)}`,
    wanted.at_most === undefined ? '' : `at most ${shown(most)}`,
  ];
  const text = `${what} takes ${bounds.filter((bound) => bound !== '').join(' and ')}`;
  const measured = measure(wanted, view);
  if ('missing' in measured) {
    const after = measured.missing === of ? 'in the trace' : `after ${describe(of)}`;
    const found = `${describe(measured.missing)} is not ${after}`;
    return { text, ok: false, expected: text, found, sought: measured.missing };
  }
  const { took, at } = measured;
  return { text, ok: took >= least && took <= most, expected: text, found: shown(took), spans: [at], around: at };
}
