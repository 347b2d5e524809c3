import { nanoOfMicros, Span } from '@bootlab/trace-model';
import { Inject, Injectable } from '@nestjs/common';
import { LAB_DATABASE, LabDatabase } from './lab-database';
import { TraceSearch } from './trace-search';
import { spansOfWhole, wholeTraceQuery } from './whole-trace';

/** A trace in short. */
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

export interface TraceFilter {
  limit: number;
  /** Traces with a span of this service. */
  service?: string;
  /** Traces with a span of this name; together with `service`, the same span. */
  name?: string;
  /** Traces with a span with these attributes; together with the others, the same span. */
  tags?: ReadonlyMap<string, string>;
}

@Injectable()
export class TraceQueries {
  constructor(
    @Inject(LAB_DATABASE) private readonly db: LabDatabase,
    private readonly search: TraceSearch,
  ) {}

  /** Newest first. */
  async list({ limit, service, name, tags = new Map() }: TraceFilter): Promise<TraceSummary[]> {
    const numbers = await this.search.find({ service, operation: name, tags }, limit);
    const rows = await this.db
      .selectFrom('traces')
      .selectAll()
      .where('number', 'in', numbers)
      .orderBy('number', 'desc')
      .execute();
    return rows.map((row) => ({
      traceId: row.trace_id,
      rootService: row.root_service,
      rootName: row.root_name,
      startTimeUnixNano: nanoOfMicros(row.start_micros),
      durationNano: (row.end_micros - row.start_micros) * 1000,
      spanCount: row.span_count,
      errorCount: row.error_count,
    }));
  }

  /** The spans of a trace, in the order of their start; none when the trace is unknown. Of too many, the earliest. */
  async spansOf(traceId: string): Promise<Span[]> {
    const { rows } = await this.db.executeQuery(wholeTraceQuery(traceId));
    return rows[0] === undefined ? [] : spansOfWhole(traceId, rows[0]);
  }

  /**
   * The spans of these traces, trace by trace in the order asked for, up to the trace with which they would be more than
   * `mostSpans`; the first trace comes whatever its size. `left` tells how many traces did not fit.
   */
  async spansOfTraces(numbers: readonly number[], mostSpans: number): Promise<{ traces: Span[][]; left: number }> {
    const rows = await this.db
      .selectFrom('traces')
      .select(['number', 'trace_id', 'span_count'])
      .where('number', 'in', numbers)
      .execute();
    const known = new Map(rows.map((row) => [row.number, row]));
    const asked = numbers.flatMap((number) => known.get(number) ?? []);
    const traces: Span[][] = [];
    let spans = 0;
    for (const { trace_id, span_count } of asked) {
      spans += span_count;
      if (traces.length > 0 && spans > mostSpans) break;
      traces.push(await this.spansOf(trace_id));
    }
    return { traces, left: asked.length - traces.length };
  }
}
