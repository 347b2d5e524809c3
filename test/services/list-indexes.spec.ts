import { openDatabase } from '@bootlab/database';
import { RequestContext } from '@bootlab/openstack';
import { CompiledQuery, Kysely } from 'kysely';
import { ImageFilters, makeConditionsFromFilters } from '../../apps/registry/src/db/sqlalchemy/conditions';
import { imageGetAll } from '../../apps/registry/src/db/sqlalchemy/image-get-all';
import { imageMemberFind } from '../../apps/registry/src/db/sqlalchemy/members';
import { loadImage } from '../../apps/registry/src/db/sqlalchemy/image-get';
import { migrations } from '../../apps/registry/src/db/sqlalchemy/migrations';
import type { Tables } from '../../apps/registry/src/db/sqlalchemy/models';
import { paginateQuery, sortKeys } from '../../apps/registry/src/db/sqlalchemy/paginate';
import { selectImagesQuery } from '../../apps/registry/src/db/sqlalchemy/select-images';
import { databases, OwnDatabase } from '../support/databases';
import { fillImages } from '../support/many-images';
import { wasteOf } from '../support/query-plan';
import { StatementRecorder } from '../support/statement-recorder';

const IMAGES = 100_000;
const LAST_OF_A_PAGE = '00000000-0000-4000-8000-00000000c351';
const callers = {
  administrator: RequestContext.admin('req-admin'),
  user: new RequestContext({ userId: 'u', projectId: 'project-42', roles: ['member'] }),
};

/** Signs, in the engine's own words, of a look at every image or of sorting them all. */
const waste = {
  sqlite: /SCAN images(?! USING)|TEMP B-TREE FOR ORDER BY/,
  mysql: /"table":"images"[^}]*("type":"ALL"|filesort)/,
  postgresql: /Seq Scan on images|-> +Sort/,
};

describe.each(databases())('lists of 100,000 images in $name', ({ name: engine, create }) => {
  let own: OwnDatabase;
  let db: Kysely<Tables>;

  beforeAll(async () => {
    own = await create();
    db = await openDatabase<Tables>(own.url, { migrations });
    await fillImages(db, engine, IMAGES);
  }, 180_000);
  afterAll(async () => {
    await db.destroy();
    await own.drop();
  }, 60_000);

  async function explain({ sql, parameters }: CompiledQuery): Promise<string> {
    const words = engine === 'sqlite' ? 'explain query plan' : 'explain';
    const { rows } = await db.executeQuery(CompiledQuery.raw(`${words} ${sql}`, [...parameters]));
    return rows.map((row) => JSON.stringify(row)).join('\n');
  }

  const orders = sortKeys.flatMap((sortKey) =>
    (['asc', 'desc'] as const).flatMap((sortDir) =>
      [undefined, LAST_OF_A_PAGE].flatMap((marker) =>
        (['administrator', 'user'] as const).map((caller) => ({ sortKey, sortDir, marker, caller })),
      ),
    ),
  );

  it.each(orders)('read an index by $sortKey $sortDir after $marker for the $caller', async ({ marker, ...list }) => {
    const context = callers[list.caller];
    const last = marker === undefined ? undefined : await loadImage(db, callers.administrator, marker, false);
    const conditions = makeConditionsFromFilters({ deleted: false });
    const all = selectImagesQuery(db, context, conditions, false);
    expect(await explain(paginateQuery(db, all, { ...list, last, limit: 25 }).compile())).not.toMatch(waste[engine]);
  });

  it.each<ImageFilters>([
    { name: 'image-7919' },
    { status: 'queued' },
    { disk_format: 'iso' },
    { container_format: 'bare' },
    { size_min: 1000, size_max: 2000 },
    { changesSince: '2018-01-02T00:00:00.000000' },
  ])('read an index for %j', async (filters) => {
    const conditions = makeConditionsFromFilters({ deleted: false, ...filters });
    const all = selectImagesQuery(db, callers.user, conditions, false);
    const page = paginateQuery(db, all, { sortKey: 'created_at', sortDir: 'desc', limit: 25 });
    expect(await explain(page.compile())).not.toMatch(/SCAN images(?! USING)|"type":"ALL"|Seq Scan on images/);
  });

  const page = { filters: { deleted: false }, limit: 25, sortKey: 'created_at', sortDir: 'desc' } as const;
  it.each<[string, (recorded: Kysely<Tables>) => Promise<unknown>]>([
    ['an image', (recorded) => loadImage(recorded, callers.administrator, LAST_OF_A_PAGE, false)],
    ['a page with properties and locations', (recorded) => imageGetAll(recorded, callers.user, page)],
    ['the members of an image', (recorded) => imageMemberFind(recorded, callers.user, { imageId: LAST_OF_A_PAGE })],
    ['what a project is a member of', (recorded) => imageMemberFind(recorded, callers.administrator, { member: 'project-42' })], // prettier-ignore
  ])('read an index for %s', async (_, work) => {
    const recorder = new StatementRecorder();
    // A connection of its own: the query for one image is built once for each, and would have passed unseen.
    const other = await openDatabase<Tables>(own.url, { migrations });
    await work(other.withPlugin(recorder));
    await other.destroy();
    const queries = recorder.take(db);
    expect(queries).not.toEqual([]);
    for (const query of queries) {
      const { scanned } = await wasteOf(db, engine, query);
      expect({ sql: query.sql, scanned: scanned.filter((table) => table !== 'images') }).toMatchObject({ scanned: [] });
    }
  });
});
