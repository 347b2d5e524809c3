import { fromJaeger, JaegerError, Span } from '@bootlab/trace-model';
import { z } from 'zod';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';

const attributes = z.record(z.string(), z.json());
const event = z.object({ name: z.string(), timeUnixNano: z.string().regex(/^\d+$/), attributes });

/** What is needed of a span that `trace show --json` printed. */
const spans = z
  .array(
    z.looseObject({
      traceId: z.string(),
      spanId: z.string(),
      parentSpanId: z.string().optional(),
      name: z.string(),
      kind: z.enum(['internal', 'server', 'client', 'producer', 'consumer']),
      service: z.string(),
      startTimeUnixNano: z.string().regex(/^\d+$/),
      durationNano: z.number().nonnegative(),
      attributes,
      events: z.array(event),
      links: z.array(z.unknown()),
      status: z.object({ code: z.enum(['unset', 'ok', 'error']), message: z.string().optional() }),
      resource: attributes,
    }),
  )
  .transform((list) => list as unknown as Span[]);

const HELP = 'Write one with `bootlab trace export ID -o FILE`.';

function unreadable(source: string, why: string, cause?: unknown): Failure {
  return new Failure(`${source} ${why} ${HELP}`, exitCodes.usage, { cause });
}

function jaegerSpans(document: unknown, source: string): Span[] {
  try {
    return fromJaeger(document);
  } catch (error) {
    if (error instanceof JaegerError) throw unreadable(source, `is not a trace. ${error.message}`, error);
    throw unreadable(source, 'is not a trace: its spans are not those of Jaeger JSON.', error);
  }
}

function labSpans(found: unknown, source: string): Span[] {
  const checked = spans.safeParse(found);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw unreadable(
    source,
    `is not a trace: spans.${issue?.path.join('.')} is wrong (${issue?.message}).`,
    checked.error,
  );
}

/** What `trace show --json` prints: the trace's id and spans of the lab's own form. */
function isOfTheLab(document: unknown): document is { spans: unknown } {
  return typeof document === 'object' && document !== null && 'traceId' in document && 'spans' in document;
}

/**
 * The spans of the one trace in a text: Jaeger's JSON, or what `trace show --json` printed.
 * @throws Failure naming `source` when it is no JSON, no trace, or several traces
 */
export function readTrace(text: string, source: string): Span[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw unreadable(source, `is not JSON (${(error as Error).message}).`, error);
  }
  const found = isOfTheLab(document) ? labSpans(document.spans, source) : jaegerSpans(document, source);
  const traces = new Set(found.map(({ traceId }) => traceId));
  if (traces.size === 0) throw unreadable(source, 'has no span, so there is nothing to compare.');
  if (traces.size > 1) {
    throw unreadable(source, `has ${traces.size} traces, and a comparison takes one on each side.`);
  }
  return found;
}
