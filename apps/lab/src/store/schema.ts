import type { Generated } from 'kysely';

/** One row a trace, kept up to date with each span that arrives. Times are microseconds of Unix time. */
export interface TracesTable {
  /** Counts up in the order in which traces were first heard of. */
  number: Generated<number>;
  trace_id: string;
  /** Null until the root has arrived. */
  root_service: string | null;
  root_name: string | null;
  start_micros: number;
  end_micros: number;
  span_count: number;
  error_count: number;
  /** The extremes of the durations of its spans. */
  shortest_micros: number;
  longest_micros: number;
  /** 1 when it is archived: it is never dropped. */
  kept: Generated<number>;
  /** 1 while `tags` lacks what some of its spans are tagged with. */
  untagged: Generated<number>;
}

/** What spans are called, by whom: few rows, which answer what services and operations there are. */
export interface OperationsTable {
  id: Generated<number>;
  service: string;
  name: string;
  kind: string;
}

/** Resource and scope, which many spans share, as JSON. */
export interface OriginsTable {
  id: Generated<number>;
  body: string;
  /** No trace with a higher number refers to this row. */
  last_trace: number;
}

export interface SpansTable {
  trace: number;
  span_id: string;
  parent_span_id: string | null;
  operation: number;
  origin: number;
  start_micros: number;
  duration_micros: number;
  error: number;
  /** The rest of the span as JSON. */
  body: string;
}

/** Traces by the hashes of what their spans, events, links and resources are tagged with; see `tag-hash.ts`. */
export interface TagsTable {
  block: number;
  hash: number;
  trace: number;
}

export interface LabSchema {
  traces: TracesTable;
  operations: OperationsTable;
  origins: OriginsTable;
  spans: SpansTable;
  tags: TagsTable;
}
