import { Controller, Get, Query, UseFilters, UseInterceptors } from '@nestjs/common';
import { DurationCount, DurationCounts } from '../store/duration-counts';
import { metricsQuery, MetricsQuery, quantileOf } from './metrics-query';
import { PrettyPrint } from './pretty-print.interceptor';
import type { QueryString } from './query-string';
import { callRate, errorRate, latency, Measure, metricPoints, stepsPerPoint } from './span-metrics';
import { V1Filter } from './v1.filter';

interface Family {
  /** Its name without the prefix that says by what it is grouped. */
  name: string;
  help: string;
  measure: Measure;
}

/** Figures of services, computed from the stored spans, as Jaeger reads them from a metrics store. */
@Controller('api/metrics')
@UseFilters(V1Filter)
@UseInterceptors(PrettyPrint)
export class MetricsController {
  constructor(private readonly counts: DurationCounts) {}

  /** Milliseconds. */
  @Get('latencies')
  latencies(@Query() query: QueryString) {
    const quantile = quantileOf(query);
    const help = `${quantile.toFixed(2)}th quantile latency`;
    return this.#family(query, { name: 'latencies', help, measure: latency(quantile) });
  }

  @Get('calls')
  calls(@Query() query: QueryString) {
    return this.#family(query, { name: 'call_rate', help: 'calls/sec', measure: callRate });
  }

  @Get('errors')
  errors(@Query() query: QueryString) {
    const help = 'error rate, computed as a fraction of errors/sec over calls/sec';
    return this.#family(query, { name: 'error_rate', help, measure: errorRate });
  }

  async #family(queryString: QueryString, { name, help, measure }: Family) {
    const query = metricsQuery(queryString);
    const grouped = query.groupByOperation;
    const metrics = [];
    for (const service of query.services) {
      const labels = [{ name: 'service_name', value: service }];
      const counts = await this.#count(service, query);
      if (!grouped) {
        if (counts.length > 0) metrics.push({ labels, metricPoints: metricPoints(counts, query, measure) });
        continue;
      }
      for (const [operation, of] of byOperation(counts)) {
        const metricLabels = [{ name: 'operation', value: operation }, ...labels];
        metrics.push({ labels: metricLabels, metricPoints: metricPoints(of, query, measure) });
      }
    }
    return {
      name: `service_${grouped ? 'operation_' : ''}${name}`,
      type: 'GAUGE',
      help: `${help}, grouped by service${grouped ? ' & operation' : ''}`,
      metrics,
    };
  }

  #count(service: string, query: MetricsQuery): Promise<DurationCount[]> {
    const { kinds, endTs, lookback, step } = query;
    const startMs = endTs - lookback - stepsPerPoint(query) * step;
    return this.counts.count({
      service,
      kinds,
      startMicros: startMs * 1000,
      endMicros: endTs * 1000,
      stepMicros: step * 1000,
    });
  }
}

function byOperation(counts: readonly DurationCount[]): Map<string, DurationCount[]> {
  const groups = new Map<string, DurationCount[]>();
  for (const count of counts) {
    const group = groups.get(count.operation);
    if (group) group.push(count);
    else groups.set(count.operation, [count]);
  }
  return groups;
}
