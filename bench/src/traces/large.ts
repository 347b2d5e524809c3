import { gzipSync } from 'node:zlib';
import { request } from 'undici';
import { atLeast, atMost, Figure } from '../figures';
import { bootRequest, bootRequests, SPANS } from './boot-request';
import type { StoreProcess } from './store-process';

const MIB = 1 << 20;
const AT_ONCE = 12;
const JSON_TYPE = { 'content-type': 'application/json' };

async function send({ url }: StoreProcess, body: Buffer | string, headers: Record<string, string>): Promise<number> {
  const answer = await request(`${url}/v1/traces`, { method: 'POST', headers, body });
  await answer.body.dump();
  return answer.statusCode;
}

/** What the store does with more than it takes: 50 MB in one request, and many requests of almost the most at once. */
export async function benchLarge(store: StoreProcess): Promise<Figure[]> {
  const tooMuch = Buffer.alloc(50_000_000, ' ');
  const refusals = [
    await send(store, tooMuch, JSON_TYPE),
    await send(store, tooMuch, { 'content-type': 'application/x-protobuf' }),
    await send(store, gzipSync(tooMuch), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
  ];
  const refused = refusals.filter((status) => status === 413).length;
  const afterRefusals = store.peakMemory() / MIB;
  const spansOf20Mib = Math.floor((19 * MIB) / (bootRequests(0, 20).length / 20 / SPANS));
  const body = bootRequest(1, spansOf20Mib);
  const statuses = await Promise.all(Array.from({ length: AT_ONCE }, () => send(store, body, JSON_TYPE)));
  return [
    atLeast('requests of 50 MB refused with 413', refused, 'of 3', 3),
    atMost('memory after them', afterRefusals, 'MiB', 300),
    atLeast(
      `of ${AT_ONCE} requests of 19 MiB at once, taken`,
      statuses.filter((status) => status === 200).length,
      '',
      1,
    ),
    atMost('of them, answered other than 200 or 503', statuses.filter((s) => s !== 200 && s !== 503).length, '', 0),
    atMost('memory after them', store.peakMemory() / MIB, 'MiB', 300),
  ];
}
