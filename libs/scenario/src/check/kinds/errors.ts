import { shortHop } from '../../schema/hops';
import type { Finding } from '../finding';
import { hopOf, TraceView } from '../trace-view';

/** A hop that an error left has failed; so each hop that the error passed through is listed, not only where it came from. */
export function checkErrors(wanted: readonly string[], view: TraceView): Finding {
  const failed = view.nodes.filter(({ span }) => span.attributes['chain.decision'] === 'failed');
  const ids = new Set(failed.map((node) => hopOf(node)!));
  const missing = wanted.filter((id) => !ids.has(id));
  const extra = [...ids].filter((id) => !wanted.includes(id));
  const list = (hops: readonly string[]) => hops.map(shortHop).join(', ');
  const text = wanted.length === 0 ? 'no hop failed' : `exactly these hops failed: ${list(wanted)}`;
  const found = [
    missing.length === 0 ? '' : `did not fail: ${list(missing)}`,
    extra.length === 0 ? '' : `failed too: ${list(extra)}`,
  ];
  const spans = failed.filter((node) => extra.includes(hopOf(node)!));
  return {
    text,
    ok: missing.length === 0 && extra.length === 0,
    expected: text,
    found: found.filter((part) => part !== '').join('; '),
    ...(spans.length > 0 ? { spans, around: spans.at(-1) } : { sought: missing[0] }),
  };
}
