import { Inject, Injectable } from '@nestjs/common';
import { sql, SqlBool, RawBuilder } from 'kysely';
import { LAB_DATABASE, LabDatabase } from './lab-database';
import { needsSpans, SpanQuery, spanMatches } from './span-query';
import { readSpan, SpanOrigin, StoredSpan } from './span-row';
import { blockOf, LONGEST_INDEXED, tagHash } from './tag-hash';

/** Traces looked through in one statement: few first, as most searches end there. */
const SMALLEST_WINDOW = 256;
const LARGEST_WINDOW = 4096;
/** Traces whose spans are read at once. */
const LOT = 20;

interface Candidate extends StoredSpan {
  trace: number;
}

/** Finds traces that have one span with everything that is asked for. */
@Injectable()
export class TraceSearch {
  constructor(@Inject(LAB_DATABASE) private readonly db: LabDatabase) {}

  /** The numbers of at most `limit` traces, those first that were heard of last. */
  async find(query: SpanQuery, limit: number): Promise<number[]> {
    const operations = await this.#operations(query);
    if (operations?.length === 0) return [];
    const found: number[] = [];
    let window = SMALLEST_WINDOW;
    for (let last = await this.#lastBefore(Number.MAX_SAFE_INTEGER); last !== undefined;) {
      const first = blockOf(Math.max(0, last - window + 1)) * SMALLEST_WINDOW;
      for await (const trace of this.#inWindow(query, operations, first, last)) {
        found.push(trace);
        if (found.length === limit) return found;
      }
      window = Math.min(window * 4, LARGEST_WINDOW);
      last = await this.#lastBefore(first);
    }
    return found;
  }

  async #lastBefore(number: number): Promise<number | undefined> {
    const { last } = await this.db
      .selectFrom('traces')
      .select(({ fn }) => fn.max('number').as('last'))
      .where('number', '<', number)
      .executeTakeFirstOrThrow();
    return last ?? undefined;
  }

  /** The operations that a span must have one of; undefined when any will do. */
  async #operations({ service, operation, kind }: SpanQuery): Promise<number[] | undefined> {
    if (service === undefined && operation === undefined && kind === undefined) return undefined;
    let query = this.db.selectFrom('operations').select('id');
    if (service !== undefined) query = query.where('service', '=', service);
    if (operation !== undefined) query = query.where('name', '=', operation);
    if (kind !== undefined) query = query.where('kind', '=', kind as never);
    return (await query.execute()).map(({ id }) => id);
  }

  async #services(): Promise<string[]> {
    return (await this.db.selectFrom('operations').select('service').distinct().execute()).map(
      ({ service }) => service,
    );
  }

  async *#inWindow(
    query: SpanQuery,
    operations: number[] | undefined,
    first: number,
    last: number,
  ): AsyncGenerator<number> {
    const candidates = await this.#candidates(query, operations, first, last);
    if (!needsSpans(query)) {
      yield* candidates;
      return;
    }
    for (let index = 0; index < candidates.length; index += LOT) {
      yield* await this.#verified(query, operations, candidates.slice(index, index + LOT));
    }
  }

  /**
   * Traces that have a span of the right operation, duration, start and error, and the tags on some span; also those whose
   * tags are not written yet.
   */
  async #candidates(
    query: SpanQuery,
    operations: number[] | undefined,
    first: number,
    last: number,
  ): Promise<number[]> {
    const { minMicros, maxMicros, fromMicros, toMicros, tags } = query;
    const traces = this.db
      .selectFrom('traces')
      .select('number')
      .where('number', '>=', first)
      .where('number', '<=', last)
      .$if(minMicros !== undefined, (traces) => traces.where('longest_micros', '>=', minMicros!))
      .$if(maxMicros !== undefined, (traces) => traces.where('shortest_micros', '<=', maxMicros!))
      .$if(fromMicros !== undefined, (traces) => traces.where('end_micros', '>=', fromMicros!))
      .$if(toMicros !== undefined, (traces) => traces.where('start_micros', '<=', toMicros!))
      .$if(query.error === true, (traces) => traces.where('error_count', '>', 0));
    const blocks = Array.from({ length: blockOf(last) - blockOf(first) + 1 }, (_, index) => blockOf(first) + index);
    const services = query.service === undefined ? await this.#services() : [query.service];
    const tagged = [...tags.entries()]
      .filter(([, value]) => value.length <= LONGEST_INDEXED)
      .map(([key, value]) => services.map((service) => tagHash(service, key.replace(/^resource\./, ''), value)))
      .reduce(
        (query, hashes) =>
          query.where(({ eb, selectFrom }) =>
            eb(
              'number',
              'in',
              selectFrom('tags').select('trace').where('block', 'in', blocks).where('hash', 'in', hashes),
            ).or('untagged', '=', 1),
          ),
        traces,
      );
    const spans = this.db.selectFrom('spans').where(spanConditions(query, operations));
    const matching =
      operations !== undefined
        ? tagged.where('number', 'in', spans.select('trace').where('trace', '>=', first).where('trace', '<=', last))
        : tagged.where(({ exists }) => exists(spans.select('trace').where('trace', '=', sql<number>`traces.number`)));
    return (await matching.orderBy('number', 'desc').execute()).map(({ number }) => number);
  }

  async #verified(query: SpanQuery, operations: number[] | undefined, traces: number[]): Promise<number[]> {
    let candidates = this.db
      .selectFrom('spans')
      .innerJoin('operations', 'operations.id', 'spans.operation')
      .innerJoin('origins', 'origins.id', 'spans.origin')
      .select([
        'trace',
        'span_id',
        'parent_span_id',
        'service',
        'name',
        'kind',
        'spans.body',
        'origins.body as origin_body',
      ])
      .where('trace', 'in', traces)
      .where(spanConditions(query, operations));
    for (const key of query.tags.keys()) {
      const quoted = JSON.stringify(key.replace(/^resource\./, ''));
      candidates = candidates.where(sql<SqlBool>`(instr(spans.body, ${quoted}) or instr(origins.body, ${quoted}))`);
    }
    const origins = new Map<string, SpanOrigin>();
    const found = new Set<number>();
    for (const row of (await candidates.execute()) as Candidate[]) {
      if (!found.has(row.trace) && spanMatches(readSpan('', row, origins), query)) found.add(row.trace);
    }
    return traces.filter((trace) => found.has(trace));
  }
}

function spanConditions(query: SpanQuery, operations: number[] | undefined): RawBuilder<SqlBool> {
  const { minMicros, maxMicros, fromMicros, toMicros, error } = query;
  const conditions = [sql<SqlBool>`true`];
  if (operations !== undefined) conditions.push(sql`operation in (${sql.join(operations)})`);
  if (minMicros !== undefined) conditions.push(sql`duration_micros >= ${minMicros}`);
  if (maxMicros !== undefined) conditions.push(sql`duration_micros <= ${maxMicros}`);
  if (fromMicros !== undefined) conditions.push(sql`spans.start_micros >= ${fromMicros}`);
  if (toMicros !== undefined) conditions.push(sql`spans.start_micros <= ${toMicros}`);
  if (error !== undefined) conditions.push(sql`error = ${error ? 1 : 0}`);
  return sql.join(conditions, sql` and `);
}
