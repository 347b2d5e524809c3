import { request } from 'undici';
import { atLeast, atMost, Figure } from '../figures';
import { bootRequests, SPANS } from './boot-request';
import type { StoreProcess } from './store-process';

const MIB = 1 << 20;
/** Traces a request, as many spans as OpenTelemetry's batch processor sends at most. */
const TRACES = 10;
const SENDERS = 4;

async function send(url: string, body: string): Promise<void> {
  const answer = await request(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`The store answered ${answer.statusCode}: ${text}`);
}

/** Sends traces from `first` on until `traces` are stored or `seconds` are over; gives how many. */
export async function fill(
  { url }: StoreProcess,
  { first, traces, seconds }: { first: number; traces: number; seconds: number },
): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let next = first;
  const sender = async () => {
    while (next < first + traces && performance.now() < end) {
      const from = next;
      next += TRACES;
      await send(url, bootRequests(from, TRACES));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return next - first;
}

async function stored({ url }: StoreProcess, limit: number): Promise<number> {
  const { body } = await request(`${url}/lab/v1/traces?limit=${limit}`);
  const { traces } = (await body.json()) as { traces: Array<{ spanCount: number }> };
  return traces.reduce((sum, { spanCount }) => sum + spanCount, 0);
}

/** Spans a second that the store takes and has on disk when it answers. The sender is part of the load on the machine. */
export async function benchIngest(store: StoreProcess, seconds: number): Promise<Figure[]> {
  const started = performance.now();
  const traces = await fill(store, { first: 1_000_000, traces: Infinity, seconds });
  const rate = (traces * SPANS) / ((performance.now() - started) / 1000);
  const newest = Math.min(traces, 10_000);
  return [
    atLeast(`spans stored, for ${seconds} s`, rate, 'spans/s', 20_000),
    atMost('spans lost', newest * SPANS - (await stored(store, newest)), 'spans', 0),
    atMost('memory of the trace store', store.peakMemory() / MIB, 'MiB', 300),
  ];
}
