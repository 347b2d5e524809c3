import { nanoOfMicros, Span } from '@bootlab/trace-model';
import { Inject, Injectable } from '@nestjs/common';
import { LAB_DATABASE, LabDatabase } from './lab-database';
import { readSpan } from './span-row';

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
}

@Injectable()
export class TraceQueries {
  constructor(@Inject(LAB_DATABASE) private readonly db: LabDatabase) {}

  /** Newest first. */
  async list({ limit, service, name }: TraceFilter): Promise<TraceSummary[]> {
    let query = this.db.selectFrom('traces').selectAll().orderBy('number', 'desc').limit(limit);
    if (service !== undefined || name !== undefined) {
      const operations = await this.#operations(service, name);
      query = query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('spans')
            .select('spans.trace')
            .whereRef('spans.trace', '=', 'traces.number')
            .where('spans.operation', 'in', operations),
        ),
      );
    }
    return (await query.execute()).map((row) => ({
      traceId: row.trace_id,
      rootService: row.root_service,
      rootName: row.root_name,
      startTimeUnixNano: nanoOfMicros(row.start_micros),
      durationNano: (row.end_micros - row.start_micros) * 1000,
      spanCount: row.span_count,
      errorCount: row.error_count,
    }));
  }

  /** The spans of a trace, in the order of their start; none when the trace is unknown. */
  async spansOf(traceId: string): Promise<Span[]> {
    const rows = await this.db
      .selectFrom('traces')
      .innerJoin('spans', 'spans.trace', 'traces.number')
      .innerJoin('operations', 'operations.id', 'spans.operation')
      .innerJoin('origins', 'origins.id', 'spans.origin')
      .select(['span_id', 'parent_span_id', 'service', 'name', 'kind', 'spans.body', 'origins.body as origin_body'])
      .where('traces.trace_id', '=', traceId)
      .orderBy('spans.start_micros')
      .execute();
    const origins = new Map<string, Pick<Span, 'resource' | 'scope'>>();
    return rows.map((row) => readSpan(traceId, row, origins));
  }

  async #operations(service: string | undefined, name: string | undefined): Promise<number[]> {
    let query = this.db.selectFrom('operations').select('id');
    if (service !== undefined) query = query.where('service', '=', service);
    if (name !== undefined) query = query.where('name', '=', name);
    return (await query.execute()).map(({ id }) => id);
  }
}
