import { request } from 'undici';
import { Figure, printFigures } from '../figures';
import { closeClient } from '../client';
import { bootRequest, SPANS } from './boot-request';
import { benchIngest, fill } from './ingest';
import { benchOpen, benchSearch } from './search';
import { benchLarge } from './large';
import { benchQueries } from './queries';
import { StoreProcess } from './store-process';

const TRACES = 20_000;
const LARGE = 10_000;
const SECONDS = 30;

async function withStore(maxTraces: number, bench: (store: StoreProcess) => Promise<Figure[]>): Promise<Figure[]> {
  const store = await StoreProcess.start(maxTraces);
  return bench(store).finally(() => store.stop());
}

async function main(): Promise<void> {
  process.stderr.write(`ingest for ${SECONDS} s …\n`);
  const figures = await withStore(TRACES, (store) => benchIngest(store, SECONDS));
  process.stderr.write(`${TRACES * SPANS} spans, then searches …\n`);
  figures.push(
    ...(await withStore(TRACES + 1, async (store) => {
      await fill(store, { first: 0, traces: TRACES, seconds: Infinity });
      await request(`${store.url}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: bootRequest(TRACES, LARGE),
      }).then(({ body }) => body.dump());
      return [
        ...(await benchOpen(store, TRACES, LARGE)),
        ...(await benchSearch(store, TRACES)),
        ...(await benchQueries(store)),
      ];
    })),
  );
  process.stderr.write('large requests …\n');
  figures.push(...(await withStore(TRACES, benchLarge)));
  await closeClient();
  printFigures(figures);
}

void main();
