import { request } from 'undici';
import { atMost, Figure, percentile } from '../figures';
import { START_MICROS } from './boot-request';
import type { StoreProcess } from './store-process';

const ROUNDS = 5;
const HOUR = 3_600_000;
const END = String(Math.floor(START_MICROS / 1000) + HOUR);

/** What Jaeger's page asks for on its architecture and monitor tabs, over all that is stored. */
const QUERIES: Record<string, [path: string, query: Record<string, string>]> = {
  dependencies: ['/api/dependencies', { endTs: END, lookback: String(7 * 24 * HOUR) }],
  'paths through services': ['/analytics/v1/dependencies', { service: 'registry' }],
  'latencies of a service': ['/api/metrics/latencies', { quantile: '0.95' }],
  'latencies by operation': ['/api/metrics/latencies', { quantile: '0.95', groupByOperation: 'true' }],
  'latencies of internal spans': ['/api/metrics/latencies', { quantile: '0.95', spanKind: 'internal' }],
  'error rate by operation': ['/api/metrics/errors', { groupByOperation: 'true' }],
};

const METRICS = {
  service: 'compute-api',
  endTs: END,
  lookback: String(48 * HOUR),
  step: '60000',
  ratePer: '600000',
  spanKind: 'server',
};

async function ask({ url }: StoreProcess, path: string, query: Record<string, string>): Promise<number> {
  const asked = new URLSearchParams({ ...(path.startsWith('/api/metrics') ? METRICS : {}), ...query });
  const started = performance.now();
  const { statusCode, body } = await request(`${url}${path}?${asked.toString()}`);
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`The store answered ${statusCode}: ${text}`);
  return performance.now() - started;
}

export async function benchQueries(store: StoreProcess): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, [path, query]] of Object.entries(QUERIES)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await ask(store, path, query));
    figures.push(atMost(`${name}, slowest of ${ROUNDS}`, percentile(times, 100), 'ms', 1000));
  }
  return figures;
}
