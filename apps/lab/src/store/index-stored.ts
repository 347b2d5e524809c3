import { CompiledQuery, Kysely } from 'kysely';
import { readSpan, SpanOrigin, StoredSpan } from './span-row';
import { INSERT_TAGS, tagRows } from './tag-hash';

/** Spans that are in memory at once. */
const SLICE = 500;

const SPANS = `
  select spans.rowid as row, trace, trace_id, span_id, parent_span_id, service, name, kind, spans.body as body,
    origins.body as origin_body
  from spans
  join traces on traces.number = trace
  join operations on operations.id = operation
  join origins on origins.id = origin
  where spans.rowid > ? order by spans.rowid limit ${SLICE}`;

const DURATIONS = `
  update traces set (shortest_micros, longest_micros) = (
    select coalesce(min(duration_micros), 0), coalesce(max(duration_micros), 0) from spans where trace = traces.number
  )`;

interface OldSpan extends StoredSpan {
  row: number;
  trace: number;
  trace_id: string;
}

/** Makes the spans of a store that had no search found by it, a slice at a time. */
export async function indexStored(db: Kysely<unknown>): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(DURATIONS));
  for (let last = 0; ;) {
    const { rows } = await db.executeQuery<OldSpan>(CompiledQuery.raw(SPANS, [last]));
    if (rows.length === 0) return;
    const origins = new Map<string, SpanOrigin>();
    const spans = rows.map((row) => readSpan(row.trace_id, row, origins));
    const traces = new Map(rows.map(({ trace_id, trace }) => [trace_id, trace]));
    await db.executeQuery(CompiledQuery.raw(INSERT_TAGS, [JSON.stringify(tagRows(spans, traces))]));
    last = rows.at(-1)!.row;
  }
}
