import { openDatabase } from '@bootlab/database';
import { identityHeaders, RequestContext } from '@bootlab/openstack';
import { request } from 'undici';
import { migrations } from '../../apps/registry/src/db/sqlalchemy/migrations';
import type { Tables } from '../../apps/registry/src/db/sqlalchemy/models';
import { mysql, postgresql, sqlite, TestDatabase } from '../../test/support/databases';
import { fillImages } from '../../test/support/many-images';
import { startOwnLab } from '../../test/support/own-lab';
import { UNTRACED } from './client';
import { atMost, Figure, percentile } from './figures';

const IMAGES = 100_000;
const PAGES = 200;
const WARM_UP_PAGES = 50;

/** The identity of a user who owns a hundredth of the images and sees a tenth more. */
const user = identityHeaders(new RequestContext({ userId: 'u', projectId: 'project-42', roles: ['member'] }));

/** Walks through the list page by page. Gives the milliseconds of each. */
async function walk(registry: string, query: string, pages: number): Promise<number[]> {
  const times: number[] = [];
  let marker = '';
  for (let page = 0; page < pages; page++) {
    const start = performance.now();
    const { statusCode, body } = await request(`${registry}/images/detail?limit=25&${query}${marker}`, {
      headers: { ...user, ...UNTRACED },
    });
    const { images } = (await body.json()) as { images: { id: string }[] };
    times.push(performance.now() - start);
    if (statusCode !== 200 || images.length < 25) throw new Error(`A page has ${images.length} images.`);
    marker = `&marker=${images.at(-1)!.id}`;
  }
  return times;
}

async function benchOver({ name, create }: TestDatabase): Promise<Figure[]> {
  const own = await create();
  try {
    const db = await openDatabase<Tables>(own.url, { migrations });
    await fillImages(db, name, IMAGES);
    await db.destroy();
    const lab = await startOwnLab({ BOOTLAB_GLANCE_REGISTRY__DATABASE__CONNECTION: own.url });
    try {
      const figures: Figure[] = [];
      for (const order of ['sort_key=created_at&sort_dir=desc', 'sort_key=name&sort_dir=asc']) {
        await walk(lab.urls['registry'] ?? '', order, WARM_UP_PAGES);
        const times = await walk(lab.urls['registry'] ?? '', order, PAGES);
        const note = `p50 ${percentile(times, 50).toFixed(1)} ms, ${PAGES} pages on end`;
        figures.push(atMost(`page of 25 of ${IMAGES} images, ${name}, ${order}, p95`, percentile(times, 95), 'ms', 15, note)); // prettier-ignore
      }
      return figures;
    } finally {
      await lab.stop();
    }
  } finally {
    await own.drop();
  }
}

/** Over each database, those on servers at the addresses of `npm run test:services`. */
export async function benchImages(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const database of [sqlite, mysql, postgresql]) figures.push(...(await benchOver(database)));
  return figures;
}
