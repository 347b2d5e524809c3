import type { Scope, Span } from '@bootlab/trace-model';
import { Inject, Injectable, OnModuleInit } from '@nestjs/common';
import { CompiledQuery } from 'kysely';
import { LAB_DATABASE, LabDatabase } from './lab-database';
import { Operations } from './operations';
import { Origins } from './origins';
import { Retention } from './retention';
import { SPAN_COLUMNS, spanValues } from './span-row';
import { Tags } from './tags';
import { summarize } from './trace-summary';

/** `value->>0, value->>1, …`: the fields of one JSON list. */
const fields = (count: number) => Array.from({ length: count }, (_, index) => `value->>${index}`).join(', ');

/*
 * Rows travel to SQLite as one JSON text a statement: a parameter for each column of each span costs more than everything
 * else. "where true" tells SQLite's parser that "on conflict" belongs to the insert.
 */
const UPSERT_TRACES = `
  insert into traces (trace_id, root_service, root_name, start_micros, end_micros, span_count, error_count, shortest_micros,
    longest_micros, untagged)
  select ${fields(9)}, 1 from json_each(?) where true
  on conflict (trace_id) do update set
    root_service = coalesce(root_service, excluded.root_service),
    root_name = coalesce(root_name, excluded.root_name),
    start_micros = min(start_micros, excluded.start_micros),
    end_micros = max(end_micros, excluded.end_micros),
    span_count = span_count + excluded.span_count,
    error_count = error_count + excluded.error_count,
    shortest_micros = min(shortest_micros, excluded.shortest_micros),
    longest_micros = max(longest_micros, excluded.longest_micros),
    untagged = 1
  returning number, trace_id`;

const INSERT_SPANS = `
  insert into spans (${SPAN_COLUMNS.join(', ')})
  select ${fields(SPAN_COLUMNS.length)} from json_each(?) where true
  on conflict do nothing`;

const RECOUNT_TRACES = `
  update traces set (start_micros, end_micros, span_count, error_count, shortest_micros, longest_micros) = (
    select min(start_micros), max(start_micros + duration_micros), count(*), sum(error), min(duration_micros),
      max(duration_micros)
    from spans where trace = traces.number
  )
  where number in (select value from json_each(?))`;

/** Spans in one statement, which has them as text several times over. */
const SLICE = 2000;

interface NumberedTrace {
  number: number;
  trace_id: string;
}

/** Writes spans and keeps the summaries of their traces up to date. One write at a time: the queue sees to that. */
@Injectable()
export class SpanWriter implements OnModuleInit {
  #lastTrace = 0;
  #traces = 0;

  constructor(
    @Inject(LAB_DATABASE) private readonly db: LabDatabase,
    private readonly operations: Operations,
    private readonly origins: Origins,
    private readonly retention: Retention,
    private readonly tags: Tags,
  ) {}

  async onModuleInit(): Promise<void> {
    const { last, stored } = await this.db
      .selectFrom('traces')
      .select(({ fn, eb }) => [
        fn.max('number').as('last'),
        fn.count<number>(eb.case().when('kept', '=', 0).then(1).end()).as('stored'),
      ])
      .executeTakeFirstOrThrow();
    this.#lastTrace = last ?? 0;
    this.#traces = stored - (await this.db.transaction().execute((db) => this.retention.drop(db, stored)));
  }

  /** Stores all of the spans or none; a span that is there already stays as it is. Resolves once they are committed. */
  async write(spans: readonly Span[]): Promise<void> {
    const summaries = summarize(spans);
    await this.operations.prepare(spans);
    const origins = await this.origins.idsFor(spans, this.#lastTrace + summaries.size);
    const { numbers, lastTrace, added } = await this.db.transaction().execute(async (db) => {
      const numbers = await this.#upsertTraces(db, summaries);
      await this.#insertSpans(db, spans, numbers, origins);
      const fresh = [...numbers.values()].filter((number) => number > this.#lastTrace);
      const stored = this.#traces + fresh.length;
      return {
        numbers,
        lastTrace: fresh.reduce((a, b) => Math.max(a, b), this.#lastTrace),
        added: fresh.length - (await this.retention.drop(db, stored)),
      };
    });
    this.#lastTrace = lastTrace;
    this.#traces += added;
    await this.tags.add(spans, numbers);
  }

  /** Keeps a trace for good: it is not dropped, and counts no more among those that may be. False when it is not there. */
  async keep(traceId: string): Promise<boolean> {
    return this.db.transaction().execute(async (db) => {
      const trace = await db
        .selectFrom('traces')
        .select(['number', 'kept'])
        .where('trace_id', '=', traceId)
        .executeTakeFirst();
      if (!trace || trace.kept === 1) return trace !== undefined;
      await db.updateTable('traces').set({ kept: 1 }).where('number', '=', trace.number).execute();
      await this.origins.keep(db, trace.number);
      this.#traces--;
      return true;
    });
  }

  async #upsertTraces(db: LabDatabase, summaries: ReturnType<typeof summarize>): Promise<Map<string, number>> {
    const values = JSON.stringify([...summaries.values()]);
    const { rows } = await db.executeQuery<NumberedTrace>(CompiledQuery.raw(UPSERT_TRACES, [values]));
    return new Map(rows.map(({ number, trace_id }) => [trace_id, number]));
  }

  async #insertSpans(
    db: LabDatabase,
    spans: readonly Span[],
    traces: ReadonlyMap<string, number>,
    origins: ReadonlyMap<Scope, number>,
  ): Promise<void> {
    let added = 0;
    for (let first = 0; first < spans.length; first += SLICE) {
      const values = spans
        .slice(first, first + SLICE)
        .map((span) =>
          spanValues(span, traces.get(span.traceId)!, this.operations.idOf(span), origins.get(span.scope)!),
        );
      const { numAffectedRows } = await db.executeQuery(CompiledQuery.raw(INSERT_SPANS, [JSON.stringify(values)]));
      added += Number(numAffectedRows);
    }
    if (added === spans.length) return;
    // Some were there already, so what the summaries were raised by is too much.
    await db.executeQuery(CompiledQuery.raw(RECOUNT_TRACES, [JSON.stringify([...traces.values()])]));
  }
}
