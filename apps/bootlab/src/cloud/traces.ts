import { Span, toOtlp } from '@bootlab/trace-model';
import { ServiceClient } from '../http/service-client';

/** A trace in short, as the trace store lists it. */
export interface TraceSummary {
  traceId: string;
  /** Null until the root has arrived. */
  rootService: string | null;
  rootName: string | null;
  startTimeUnixNano: string;
  durationNano: number;
  spanCount: number;
  errorCount: number;
}

/** A trace with what is missing of it, a sentence for each hand-over that has not arrived. */
export interface AwaitedTrace {
  traceId: string;
  complete: boolean;
  missing: string[];
  spans: Span[];
}

export interface TraceFilter {
  limit: number;
  /** Traces with a span of this service. */
  service?: string;
  /** Traces with a span of this name. */
  name?: string;
}

const MARGIN_SECONDS = 5;
/** Spans that are sent at once. */
const BATCH = 2000;

/** The traces of the lab's store. */
export class Traces {
  readonly #lab = new ServiceClient('lab');

  /** Newest first. */
  async list(filter: TraceFilter): Promise<TraceSummary[]> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value));
    return (await this.#lab.json<{ traces: TraceSummary[] }>(`/lab/v1/traces?${query.toString()}`)).traces;
  }

  spans(traceId: string): Promise<Span[]> {
    const notFound = `There is no trace ${traceId}. \`bootlab trace list\` shows those that are kept.`;
    return this.#lab.json(`/lab/v1/traces/${traceId}`, { notFound });
  }

  /** Stores spans; one that is there already stays as it is. */
  async add(spans: readonly Span[]): Promise<void> {
    for (let from = 0; from < spans.length; from += BATCH) {
      await this.#lab.json('/v1/traces', { method: 'POST', body: toOtlp(spans.slice(from, from + BATCH)) });
    }
  }

  /** Answers once the trace is complete, or after `timeout` seconds with what is missing. */
  complete(traceId: string, timeout: number): Promise<AwaitedTrace> {
    return this.#lab.json(`/lab/v1/traces/${traceId}?wait=complete&timeout=${timeout}`, {
      timeout: timeout + MARGIN_SECONDS,
    });
  }
}
