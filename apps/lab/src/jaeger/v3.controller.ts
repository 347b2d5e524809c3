import { adjustForJaeger, nanoOfMicros, OtlpDocument, Span, toOtlp } from '@bootlab/trace-model';
import { Controller, Get, NotFoundException, Param, Query, UseFilters } from '@nestjs/common';
import { OperationQueries } from '../store/operation-queries';
import { TraceOverview, TraceOverviews } from '../store/trace-overviews';
import { TraceSearch } from '../store/trace-search';
import { FoundTraces } from './found-traces.service';
import { malformed, oneOf, QueryString, traceIdOf, truth } from './query-string';
import { instant, searchV3 } from './search-query';
import { V3Filter } from './v3.filter';

/** Jaeger's third query API. */
@Controller('api/v3')
@UseFilters(V3Filter)
export class V3Controller {
  constructor(
    private readonly names: OperationQueries,
    private readonly search: TraceSearch,
    private readonly overviews: TraceOverviews,
    private readonly found: FoundTraces,
  ) {}

  @Get('services')
  async services() {
    return { services: await this.names.services() };
  }

  @Get('operations')
  async operations(@Query() query: QueryString) {
    const { text: kind } = oneOf(query, 'spanKind', 'span_kind');
    const operations = await this.names.operations(oneOf(query, 'service').text ?? '', kind);
    return { operations: operations.map(({ name, kind }) => ({ name, spanKind: kind })) };
  }

  @Get('trace-summaries')
  async summaries(@Query() query: QueryString) {
    const { query: asked, limit } = searchV3(query);
    const overviews = await this.overviews.of(await this.search.find(asked, limit));
    return { summaries: overviews.map(summary) };
  }

  @Get('traces')
  async traces(@Query() query: QueryString): Promise<{ result: OtlpDocument }> {
    const search = searchV3(query);
    const { traces } = await this.found.find(search);
    if (traces.length === 0) throw new NotFoundException('No traces found');
    return otlp(traces, search.raw);
  }

  @Get('traces/:id')
  async trace(@Param('id') text: string, @Query() query: QueryString): Promise<{ result: OtlpDocument }> {
    // Times are only checked, as by Jaeger's own store in memory.
    instant(query, 'startTime', 'start_time');
    instant(query, 'endTime', 'end_time');
    const raw = truth(query, ['rawTraces', 'raw_traces'], malformed);
    const id = traceIdOf(text);
    const spans = (await this.found.byIds([id])).get(id);
    if (!spans) throw new NotFoundException('trace not found');
    return otlp([spans], raw);
  }
}

function otlp(traces: ReadonlyArray<readonly Span[]>, raw: boolean): { result: OtlpDocument } {
  return { result: toOtlp(traces.flatMap((spans) => (raw ? spans : adjustForJaeger(spans)))) };
}

function summary(trace: TraceOverview) {
  return {
    traceId: trace.traceId,
    rootServiceName: trace.rootService,
    rootOperationName: trace.rootName,
    minStartTimeUnixNano: nanoOfMicros(trace.startMicros),
    maxEndTimeUnixNano: nanoOfMicros(trace.endMicros),
    spanCount: trace.spanCount,
    errorSpanCount: trace.errorCount,
    orphanSpanCount: trace.orphanCount,
    services: trace.services.map(({ name, spanCount, errorCount }) => ({
      name,
      spanCount,
      errorSpanCount: errorCount,
    })),
  };
}
