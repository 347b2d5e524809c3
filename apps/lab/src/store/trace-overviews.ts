import { Inject, Injectable } from '@nestjs/common';
import { CompiledQuery } from 'kysely';
import { LAB_DATABASE, LabDatabase } from './lab-database';

/** What a list of found traces tells of one. Times are microseconds of Unix time. */
export interface TraceOverview {
  traceId: string;
  /** Of the earliest span without a parent; empty when there is none. */
  rootService: string;
  rootName: string;
  startMicros: number;
  endMicros: number;
  spanCount: number;
  errorCount: number;
  /** Spans whose parent is not there. */
  orphanCount: number;
  /** By name. */
  services: Array<{ name: string; spanCount: number; errorCount: number }>;
}

const SERVICES = `
  select trace, service as name, count(*) as spanCount, sum(error) as errorCount
  from spans join operations on operations.id = operation
  where trace in (select value from json_each(?)) group by trace, service order by service`;

const ORPHANS = `
  select trace, count(*) as orphanCount from spans
  where trace in (select value from json_each(?)) and parent_span_id is not null and not exists (
    select 1 from spans parent where parent.trace = spans.trace and parent.span_id = spans.parent_span_id
  )
  group by trace`;

/** Of the rows with the least start, as SQLite has it for a bare column beside min(). */
const ROOTS = `
  select trace, service, name, min(start_micros) from spans join operations on operations.id = operation
  where trace in (select value from json_each(?)) and parent_span_id is null group by trace`;

type ServiceRow = { trace: number } & TraceOverview['services'][number];

@Injectable()
export class TraceOverviews {
  constructor(@Inject(LAB_DATABASE) private readonly db: LabDatabase) {}

  /** In the order asked for; traces that have been dropped meanwhile are left out. */
  async of(numbers: readonly number[]): Promise<TraceOverview[]> {
    const traces = await this.db.selectFrom('traces').selectAll().where('number', 'in', numbers).execute();
    const servicesOf = new Map<number, ServiceRow[]>(numbers.map((number) => [number, []]));
    for (const row of await this.#rows<ServiceRow>(SERVICES, numbers)) servicesOf.get(row.trace)!.push(row);
    const orphans = byTrace(await this.#rows<{ trace: number; orphanCount: number }>(ORPHANS, numbers));
    const roots = byTrace(await this.#rows<{ trace: number; service: string; name: string }>(ROOTS, numbers));
    const known = byTrace(traces.map((row) => ({ ...row, trace: row.number })));
    return numbers.flatMap((number) => {
      const trace = known.get(number);
      if (!trace) return [];
      return {
        traceId: trace.trace_id,
        rootService: roots.get(number)?.service ?? '',
        rootName: roots.get(number)?.name ?? '',
        startMicros: trace.start_micros,
        endMicros: trace.end_micros,
        spanCount: trace.span_count,
        errorCount: trace.error_count,
        orphanCount: orphans.get(number)?.orphanCount ?? 0,
        services: (servicesOf.get(number) ?? []).map(({ name, spanCount, errorCount }) => ({
          name,
          spanCount,
          errorCount,
        })),
      };
    });
  }

  async #rows<T>(statement: string, numbers: readonly number[]): Promise<T[]> {
    return (await this.db.executeQuery<T>(CompiledQuery.raw(statement, [JSON.stringify(numbers)]))).rows;
  }
}

function byTrace<T extends { trace: number }>(rows: readonly T[]): Map<number, T> {
  return new Map(rows.map((row) => [row.trace, row]));
}
