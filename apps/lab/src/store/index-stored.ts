import { CompiledQuery, Kysely } from 'kysely';
import { readSpan, SpanOrigin, StoredSpan } from './span-row';
import { addTags, insertTags, TagHashes } from './tag-hash';

/** Spans that are in memory at once. */
const SLICE = 500;

const SPANS = `
  select spans.rowid as row, trace_id, span_id, parent_span_id, service, name, kind, spans.body as body,
    origins.body as origin_body
  from spans
  join traces on traces.number = trace
  join operations on operations.id = operation
  join origins on origins.id = origin
  where trace = ? and spans.rowid > ? order by spans.rowid limit ${SLICE}`;

interface IndexedSpan extends StoredSpan {
  row: number;
  trace_id: string;
}

/** Has searches find the spans of a trace by their tags, a slice at a time. */
export async function indexStored(db: Pick<Kysely<unknown>, 'executeQuery'>, trace: number): Promise<void> {
  for (let last = 0; ;) {
    const { rows } = await db.executeQuery<IndexedSpan>(CompiledQuery.raw(SPANS, [trace, last]));
    if (rows.length === 0) return;
    const origins = new Map<string, SpanOrigin>();
    const spans = rows.map((row) => readSpan(row.trace_id, row, origins));
    const hashes: TagHashes = new Map();
    addTags(hashes, spans, new Map([[rows[0]!.trace_id, trace]]));
    await db.executeQuery(insertTags(hashes));
    last = rows.at(-1)!.row;
  }
}
