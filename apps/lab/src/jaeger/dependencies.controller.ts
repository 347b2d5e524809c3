import { Controller, Get, Query, UseFilters, UseInterceptors } from '@nestjs/common';
import { DependencyQueries } from '../store/dependency-queries';
import { structured } from './envelope';
import { PrettyPrint } from './pretty-print.interceptor';
import { oneOf, QueryString, wholeNumber } from './query-string';
import { servicePaths } from './service-paths';
import { FoundTraces } from './found-traces.service';
import { V1Filter } from './v1.filter';

const DAY_MS = 24 * 3600 * 1000;
/** Traces that paths are taken from: those heard of last. */
const TRACES = 200;

/** Who calls whom. */
@Controller()
@UseFilters(V1Filter)
export class DependenciesController {
  constructor(
    private readonly queries: DependencyQueries,
    private readonly found: FoundTraces,
  ) {}

  /** Pairs of a span and its child, by service; what a service does by itself is left out. Times are milliseconds. */
  @Get('api/dependencies')
  @UseInterceptors(PrettyPrint)
  async dependencies(@Query() query: QueryString) {
    const end = wholeNumber(query, 'endTs') ?? Date.now();
    const start = end - (wholeNumber(query, 'lookback') ?? DAY_MS);
    const { text: service } = oneOf(query, 'service');
    const links = await this.queries.between(start * 1000, end * 1000);
    return structured(
      links.filter(({ parent, child }) => service === undefined || parent === service || child === service),
    );
  }

  /** The ways of requests through the services, each with a trace that took it. Times are milliseconds. */
  @Get('analytics/v1/dependencies')
  async paths(@Query() query: QueryString) {
    const { text: service } = oneOf(query, 'service');
    const { text: operation } = oneOf(query, 'operation');
    const start = wholeNumber(query, 'start') ?? 0;
    const end = wholeNumber(query, 'end') ?? 0;
    const { traces } = await this.found.find({
      query: {
        service,
        operation,
        ...(start > 0 ? { fromMicros: start * 1000 } : {}),
        ...(end > 0 ? { toMicros: end * 1000 } : {}),
        tags: new Map(),
      },
      limit: TRACES,
    });
    return { dependencies: servicePaths(traces, service, operation) };
  }
}
