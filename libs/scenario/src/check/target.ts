import { hopId, Span, TreeNode } from '@bootlab/trace-model';
import { shortHop } from '../schema/hops';
import type { Assertion } from '../schema/scenario';
import type { TraceView } from './trace-view';

/** Which spans are meant: the id of a hop, or what a span must have. */
export type Target = NonNullable<Assertion['present']>;
export type SpanMatch = Exclude<Target, string>;

export function matchOf(target: Target): SpanMatch {
  return typeof target === 'string' ? { hop: target } : target;
}

/** A name, or its first word: `GET` means every `GET …`. */
function isCalled(name: string, wanted: string): boolean {
  return name === wanted || name.startsWith(`${wanted} `);
}

const shown = (value: unknown) => (value === undefined ? '(none)' : JSON.stringify(value));

/** What a span lacks of what is wanted beside its name: `decision is handled, not failed`. */
export function differences(span: Span, match: SpanMatch): string[] {
  const { attributes, resource, status, events } = span;
  const found: string[] = [];
  const compare = (what: string, has: unknown, wanted: unknown) => {
    if (wanted !== undefined && has !== wanted) found.push(`${what} is ${shown(has)}, not ${shown(wanted)}`);
  };
  compare('service', span.service, match.service);
  if (match.failed !== undefined && (status.code === 'error') !== match.failed) found.push(match.failed ? 'has not failed' : 'has failed'); // prettier-ignore
  compare('error', attributes['error.type'], match.error);
  compare('decision', attributes['chain.decision'], match.decision);
  for (const [key, wanted] of Object.entries(match.attributes ?? {}))
    compare(key, attributes[key] ?? resource[key], wanted);
  if (match.event !== undefined && !events.some(({ name }) => name === match.event)) found.push(`has no event ${match.event}`); // prettier-ignore
  return found;
}

/** Whether it is the hop, or the span, that is named; any is when none is named. */
export function isNamed(span: Span, { hop, span: name }: SpanMatch): boolean {
  return (hop === undefined || hopId(span.attributes) === hop) && (name === undefined || isCalled(span.name, name));
}

/** The spans that are meant, in the order of their start. */
export function find(view: TraceView, target: Target): TreeNode[] {
  const match = matchOf(target);
  return view.nodes.filter(({ span }) => isNamed(span, match) && differences(span, match).length === 0);
}

/** In words: `_get_from_store in glance-api (failed, with error NotFound)`. */
export function describe(target: Target): string {
  const { hop, span, service, failed, error, decision, attributes, event } = matchOf(target);
  const parts = [
    failed === undefined ? '' : failed ? 'failed' : 'not failed',
    error === undefined ? '' : `with error ${error}`,
    decision === undefined ? '' : `with decision ${decision}`,
    ...Object.entries(attributes ?? {}).map(([key, value]) => `with ${key} = ${value}`),
    event === undefined ? '' : `with event ${event}`,
  ].filter((part) => part !== '');
  const name = hop === undefined ? (span ?? 'a span') : shortHop(hop);
  const where = service === undefined ? name : `${name} in ${service}`;
  return parts.length === 0 ? where : `${where} (${parts.join(', ')})`;
}
