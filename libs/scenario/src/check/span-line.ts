import { formatDuration, TreeNode } from '@bootlab/trace-model';
import { shortHop } from '../schema/hops';
import { hopOf } from './trace-view';

/** `Controller._get_from_store (glance-api)`, or the name of a span that is no hop. */
export function spanName(node: TreeNode): string {
  const hop = hopOf(node);
  return `${hop === undefined ? node.span.name : shortHop(hop)} (${node.span.service})`;
}

/** One line for people: service, name, duration, and what there is to say of it. */
export function spanLine(node: TreeNode, remark?: string): string {
  const { status, durationNano, attributes } = node.span;
  const error = attributes['error.type'];
  const failed = status.code === 'error' ? `failed with ${typeof error === 'string' ? error : 'an error'}` : undefined;
  const told = [formatDuration(durationNano), failed, remark].filter((part) => part !== undefined);
  return `${spanName(node)}: ${told.join(', ')}`;
}

/** Each line once, with how often it was there. */
export function countLines(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`));
}
