import { exporterNames, startTracing, Tracing } from '@bootlab/tracing';
import { Attributes, context, isValidTraceId, Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { locate } from '../http/locate';
import { flushSpans } from './flush';

const SERVICE = 'bootlab';

/** What came of traced work, and under which trace. */
export interface Traced<T> {
  /** Undefined when tracing is switched off. */
  traceId?: string;
  outcome: { value: T } | { error: unknown };
}

/** Whether this command's spans, and so its whole traces, are in the lab's own store. */
export function tracesGoToLab(): boolean {
  const elsewhere = process.env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  return elsewhere === undefined && exporterNames().includes('otlp');
}

/** Whether they go to a receiver that is not the lab's own store, such as a Jaeger, instead of it or beside it. */
export function tracesGoElsewhere(): boolean {
  return exporterNames().includes('jaeger') || (exporterNames().includes('otlp') && !tracesGoToLab());
}

let started: Promise<Tracing> | undefined;

/** Makes this process one that traces; the first traced work does so by itself. */
export async function beginTracing(): Promise<void> {
  await (started ??= startTracing(SERVICE, undefined, tracesGoToLab() ? locate('lab') : undefined));
}

/**
 * Runs work as the root of a new trace with `service.name` bootlab, and returns once that span has been sent. The root
 * is no hop of the original: it stands for the learner's command.
 * @param name of the root span, e.g. `bootlab boot`
 */
export async function traced<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<Traced<T>> {
  await beginTracing();
  const span = trace.getTracer('@bootlab/bootlab').startSpan(name, { root: true, attributes });
  const { traceId } = span.spanContext();
  const outcome = await context.with(trace.setSpan(context.active(), span), () => settle(span, work));
  span.end();
  await flushSpans();
  return { traceId: isValidTraceId(traceId) ? traceId : undefined, outcome };
}

async function settle<T>(span: Span, work: () => Promise<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await work() };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    span.setAttribute('error.type', name);
    span.setStatus({ code: SpanStatusCode.ERROR, message });
    return { error };
  }
}
