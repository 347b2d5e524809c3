import type { Span } from '@bootlab/trace-model';
import { Injectable } from '@nestjs/common';
import { TraceQueries } from '../store/trace-queries';
import { TraceSearch } from '../store/trace-search';
import type { Search } from './search-query';

/** Spans in one answer: about 100 MB of JSON. */
const MOST_SPANS = 100_000;

/** Whole traces that a search finds, as far as one answer holds them. */
@Injectable()
export class FoundTraces {
  constructor(
    private readonly search: TraceSearch,
    private readonly queries: TraceQueries,
  ) {}

  /** Newest first; `left` tells how many did not fit. */
  async find({ query, limit }: Pick<Search, 'query' | 'limit'>): Promise<{ traces: Span[][]; left: number }> {
    return this.queries.spansOfTraces(await this.search.find(query, limit), MOST_SPANS);
  }

  /** The traces with these ids, as far as there are any and one answer holds them. */
  async byIds(ids: readonly string[]): Promise<Map<string, Span[]>> {
    const found = new Map<string, Span[]>();
    let spans = 0;
    for (const id of ids) {
      if (found.has(id) || spans > MOST_SPANS) continue;
      const trace = await this.queries.spansOf(id);
      spans += trace.length;
      if (trace.length > 0) found.set(id, trace);
    }
    return found;
  }
}
