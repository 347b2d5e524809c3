import type { DurationCount } from '../store/duration-counts';
import type { MetricsQuery } from './metrics-query';

export interface MetricPoint {
  gaugeValue: { doubleValue: number };
  timestamp: string;
}

/** What spans that began in one stretch of time have in common. */
export interface Sample {
  spans: number;
  errors: number;
  /** Durations in ascending order with how many spans took that long. */
  micros: Array<readonly [micros: number, spans: number]>;
}

/** A figure of a sample; undefined for a gap. `seconds` is the length of the stretch. */
export type Measure = (sample: Sample, seconds: number) => number | undefined;

export const callRate: Measure = ({ spans }, seconds) => spans / seconds;

export const errorRate: Measure = ({ spans, errors }) => (spans === 0 ? undefined : errors / spans);

/** Milliseconds below which this share of the spans stays. */
export function latency(quantile: number): Measure {
  return ({ spans, micros }) => {
    let rank = Math.max(1, Math.ceil(quantile * spans));
    for (const [value, count] of micros) if ((rank -= count) <= 0) return value / 1000;
    return undefined;
  };
}

/** How many whole steps the stretch before each point takes in. */
export function stepsPerPoint({ ratePer, step }: MetricsQuery): number {
  return Math.max(1, Math.round(ratePer / step));
}

/** One point a step, each over the stretch of `ratePer` that ends with it. */
export function metricPoints(counts: readonly DurationCount[], query: MetricsQuery, measure: Measure): MetricPoint[] {
  const steps = new Map<number, DurationCount[]>();
  for (const count of counts) {
    const known = steps.get(count.step);
    if (known) known.push(count);
    else steps.set(count.step, [count]);
  }
  const stretch = stepsPerPoint(query);
  const first = query.endTs - query.lookback;
  const points: MetricPoint[] = [];
  for (let point = 0; point <= Math.floor(query.lookback / query.step); point++) {
    const value = measure(sampleOf(steps, point, stretch), (stretch * query.step) / 1000);
    if (value === undefined) continue;
    const timestamp = new Date(first + point * query.step).toISOString().replace('.000Z', 'Z');
    points.push({ gaugeValue: { doubleValue: value }, timestamp });
  }
  return points;
}

/** Steps are counted from the start of the stretch before the first point. */
function sampleOf(steps: ReadonlyMap<number, readonly DurationCount[]>, point: number, stretch: number): Sample {
  const micros = new Map<number, number>();
  let spans = 0;
  let errors = 0;
  for (let step = point; step < point + stretch; step++) {
    for (const count of steps.get(step) ?? []) {
      spans += count.spans;
      errors += count.errors;
      micros.set(count.micros, (micros.get(count.micros) ?? 0) + count.spans);
    }
  }
  return { spans, errors, micros: [...micros].sort(([a], [b]) => a - b) };
}
