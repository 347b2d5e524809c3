import { request } from 'undici';
import { atMost, Figure, percentile } from '../figures';
import { instanceOf, START_MICROS, traceIdOf } from './boot-request';
import type { StoreProcess } from './store-process';

const ROUNDS = 40;

/** What is asked for, by the kind of search; `n` makes each one another. */
const SEARCHES: Record<string, (n: number, traces: number) => Record<string, string>> = {
  service: (n) => ({ 'query.serviceName': ['compute-api', 'glance-api', 'registry'][n % 3]! }),
  operation: (n) => ({ 'query.serviceName': 'compute-api', 'query.operationName': `_hop_${n % 10}` }),
  'rare tag': (n, traces) => tags({ 'instance.id': instanceOf((n * 9973) % traces) }),
  'common tag': (n) => ({
    'query.serviceName': 'compute-api',
    ...tags({ 'code.line.number': String(100 + (n % 10)) }),
  }),
  'tag of no trace': (n) => tags({ 'instance.id': `none-${n}` }),
  'tag of every trace, but of another service': () => ({
    'query.serviceName': 'registry',
    ...tags({ 'server.name': 'demo' }),
  }),
  error: () => ({ 'query.serviceName': 'registry', ...tags({ error: 'true' }) }),
  'service and duration': (n) => ({ 'query.serviceName': 'compute-api', 'query.durationMin': `${n + 1}s` }),
  duration: (n) => ({ 'query.durationMin': `${n + 1}s` }),
  'operation, tag and duration': () => ({
    'query.serviceName': 'compute-api',
    'query.operationName': '_hop_0',
    'query.durationMin': '1s',
    ...tags({ 'chain.decision': 'handled' }),
  }),
};

function tags(attributes: Record<string, string>): Record<string, string> {
  return { 'query.attributes': JSON.stringify(attributes) };
}

async function search({ url }: StoreProcess, asked: Record<string, string>): Promise<number> {
  const query = new URLSearchParams({
    'query.startTimeMin': new Date(START_MICROS / 1000 - 1000).toISOString(),
    'query.startTimeMax': new Date(START_MICROS / 1000 + 3_600_000).toISOString(),
    'query.searchDepth': '20',
    ...asked,
  });
  const started = performance.now();
  const { statusCode, body } = await request(`${url}/api/v3/trace-summaries?${query.toString()}`);
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`The store answered ${statusCode}: ${text}`);
  return performance.now() - started;
}

export async function benchSearch(store: StoreProcess, traces: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, asked] of Object.entries(SEARCHES)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await search(store, asked(round, traces)));
    figures.push(atMost(`search by ${name}, p95`, percentile(times, 95), 'ms', 100));
  }
  return figures;
}

/** A trace as a viewer asks for it. */
export async function benchOpen({ url }: StoreProcess, trace: number, spans: number): Promise<Figure[]> {
  const times: number[] = [];
  for (let round = 0; round < 10; round++) {
    const started = performance.now();
    const { body } = await request(`${url}/api/traces/${traceIdOf(trace)}`);
    const { data } = (await body.json()) as { data: Array<{ spans: unknown[] }> };
    if (data[0]?.spans.length !== spans) throw new Error(`The trace has ${data[0]?.spans.length} spans, not ${spans}.`);
    times.push(performance.now() - started);
  }
  return [atMost(`open a trace of ${spans} spans, p95`, percentile(times, 95), 'ms', 300)];
}
