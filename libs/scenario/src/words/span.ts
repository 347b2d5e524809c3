import { shortHop } from '../schema/hops';
import type { Assertion } from '../schema/scenario';

export type SpanOrHop = NonNullable<Assertion['present']>;

function details({ service, failed, error, decision, attributes = {}, event }: Exclude<SpanOrHop, string>): string[] {
  return [
    service === undefined ? '' : `in ${service}`,
    error === undefined ? (failed === true ? 'failed' : '') : `failed with ${error}`,
    failed === false ? 'did not fail' : '',
    decision === undefined || (decision === 'failed' && error !== undefined) ? '' : `decided ${decision}`,
    ...Object.entries(attributes).map(([name, value]) => `${name} = ${value}`),
    event === undefined ? '' : `with the event ${event}`,
  ].filter((part) => part !== '');
}

/** Which span is meant: `Controller._get_from_store failed with NotFound`. */
export function describeSpan(span: SpanOrHop): string {
  if (typeof span === 'string') return shortHop(span);
  const subject = span.hop === undefined ? (span.span ?? 'a span') : shortHop(span.hop);
  const [first, ...rest] = details(span);
  return [first === undefined ? subject : `${subject} ${first}`, ...rest].join(', ');
}
