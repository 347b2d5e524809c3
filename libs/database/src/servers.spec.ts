import { Kysely, sql } from 'kysely';
import { createServer } from 'node:net';
import { databases, OwnDatabase } from '../../../test/support/databases';
import {
  asId,
  columnTypes,
  contains,
  inTransaction,
  insertForId,
  isUniqueViolation,
  lockRows,
  manageDatabase,
  nullsFirst,
  openDatabase,
  upsert,
} from '.';

interface Schema {
  things: { id: number; name: string; note: string | null; size: number };
}

const migrations = {
  '001_things': {
    async up(db: Kysely<unknown>) {
      const { id, name, text } = columnTypes(db);
      await db.schema
        .createTable('things')
        .addColumn('id', id, asId(db))
        .addColumn('name', name(255), (column) => column.notNull().unique())
        .addColumn('note', text)
        .addColumn('size', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
};

describe.each(databases())('a database in $name', ({ name: engine, create }) => {
  let own: OwnDatabase;
  const opened: Kysely<Schema>[] = [];

  async function open(settings = {}) {
    const db = await openDatabase<Schema>(own.url, { migrations, settings });
    opened.push(db);
    return db;
  }
  const thing = (name: string) => ({ name, note: null, size: 0 });
  const insert = (db: Kysely<Schema>, name: string) =>
    insertForId(db, db.insertInto('things').values(thing(name) as never));

  beforeEach(async () => {
    own = await create();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((db) => db.destroy()));
    await own.drop();
  });

  it('is migrated once by four who come at the same time, and says at what it is', async () => {
    expect(await manageDatabase('version', own.url, { migrations })).toMatchObject({ version: null });
    const all = await Promise.all(Array.from({ length: 4 }, () => open()));
    const runs = await sql<{ runs: number }>`select count(*) as runs from kysely_migration`.execute(all[0]!);
    expect(runs.rows).toEqual([{ runs: 1 }]);
    const state = await manageDatabase('sync', own.url, { migrations });
    expect(state.version).toBe('001_things');
    expect(state.database).not.toMatch(/@|:\/\//);
  });

  it('keeps text as it is: case, accents, spaces at the end, emoji, and much of it', async () => {
    const db = await open();
    const names = ['a', 'A', 'á', 'a ', '🚀', 'z', 'B', ''];
    const note = '🚀'.repeat(100_000);
    for (const name of names) await db.insertInto('things').values({ ...thing(name), note } as never).execute(); // prettier-ignore
    const rows = await db.selectFrom('things').select(['name', 'note']).orderBy('name').execute();
    expect(rows.map(({ name }) => name)).toEqual(['', 'A', 'B', 'a', 'a ', 'z', 'á', '🚀']);
    expect(rows.every((row) => row.note === note)).toBe(true);
    const found = await db.selectFrom('things').select('name').where('name', '=', 'a').execute();
    expect(found).toEqual([{ name: 'a' }]);
    const within = await db.selectFrom('things').select('name').where((is) => contains(is.ref('name'), 'A')).execute(); // prettier-ignore
    expect(within).toEqual([{ name: 'A' }]);
  });

  it('gives numbers as numbers, beyond 32 bits and as sums', async () => {
    const db = await open();
    await db.insertInto('things').values([{ ...thing('a'), size: 5_000_000_000 }, { ...thing('b'), size: 1 }] as never).execute(); // prettier-ignore
    const [row] = await db.selectFrom('things').select(({ fn }) => [fn.sum('size').as('sum'), fn.max('size').as('max'), fn.countAll().as('count')]).execute(); // prettier-ignore
    expect(row).toEqual({ sum: 5_000_000_001, max: 5_000_000_000, count: 2 });
  });

  it('sorts NULL before all', async () => {
    const db = await open();
    const notes = { a: 'x', b: null, c: '' };
    for (const [name, note] of Object.entries(notes)) await db.insertInto('things').values({ name, note, size: 0 } as never).execute(); // prettier-ignore
    const names = async (direction: 'asc' | 'desc') => {
      const rows = await db.selectFrom('things').select('name').orderBy('note', nullsFirst(db, direction)).execute();
      return rows.map(({ name }) => name).join('');
    };
    expect([await names('asc'), await names('desc')]).toEqual(['bca', 'acb']);
  });

  it('gives the id of a new row, and changes one that is there', async () => {
    const db = await open();
    const [first, second] = [await insert(db, 'a'), await insert(db, 'b')];
    expect(second).toBe(first + 1);
    await upsert(db, 'things', thing('a') as never, ['name'], { size: 7 });
    await upsert(db, 'things', thing('c') as never, ['name'], { size: 7 });
    const rows = await db.selectFrom('things').select(['name', 'size']).orderBy('id').execute();
    expect(rows).toEqual([{ name: 'a', size: 7 }, { name: 'b', size: 0 }, { name: 'c', size: 0 }]); // prettier-ignore
  });

  it('tells a duplicate, without the value, and counts rows that matched though nothing changed', async () => {
    const db = await open();
    await insert(db, 'secret');
    const error = await insert(db, 'secret').catch((caught: unknown) => caught);
    expect(isUniqueViolation(error)).toBe(true);
    expect(String(error)).not.toMatch(/secret/);
    const { numUpdatedRows } = await db.updateTable('things').set({ size: 0 }).executeTakeFirstOrThrow();
    expect(numUpdatedRows).toBe(1n);
  });

  it('lets two processes count up the same row in turns', async () => {
    const both = [await open(), await open()];
    await insert(both[0]!, 'counter');
    const increment = (db: Kysely<Schema>) =>
      inTransaction(db, async (session) => {
        await lockRows(session, session.selectFrom('things').select('id').where('name', '=', 'counter'));
        const { size } = await session.selectFrom('things').select('size').executeTakeFirstOrThrow();
        await session
          .updateTable('things')
          .set({ size: size + 1 })
          .execute();
      });
    await Promise.all(Array.from({ length: 40 }, (_, index) => increment(both[index % 2]!)));
    expect(await both[0]!.selectFrom('things').select('size').execute()).toEqual([{ size: 40 }]);
  });

  it('closes after whoever uses it is done', async () => {
    const db = await open();
    const writing = inTransaction(db, (session) => insert(session, 'a'));
    await db.selectFrom('things').selectAll().execute();
    await Promise.all([writing, db.destroy()]);
    expect(await writing).toBe(1);
  });

  const server = engine === 'sqlite' ? it.skip : it;

  server('goes on after its connections were ended, idle, in a transaction and in crowds', async () => {
    const db = await open();
    await insert(db, 'a');
    await own.killConnections();
    await insert(db, 'b');
    let tries = 0;
    await inTransaction(db, async (session) => {
      await session.updateTable('things').set({ size: 1 }).where('name', '=', 'a').execute();
      if (tries++ === 0) await own.killConnections();
      await insert(session, 'c');
    });
    expect(tries).toBeGreaterThan(1);
    await Promise.all(Array.from({ length: 20 }, () => db.selectFrom('things').selectAll().execute()));
    const killing = own.killConnections();
    await Promise.all(Array.from({ length: 50 }, () => db.selectFrom('things').selectAll().execute()));
    await killing;
    const rows = await db.selectFrom('things').select(['name', 'size']).orderBy('id').execute();
    expect(rows).toEqual([{ name: 'a', size: 1 }, { name: 'b', size: 0 }, { name: 'c', size: 0 }]); // prettier-ignore
  });

  server('tries a transaction again that lost to a deadlock', async () => {
    const db = await open();
    for (const name of ['a', 'b']) await insert(db, name);
    let met!: () => void;
    const bothInside = new Promise<void>((resolve) => (met = resolve));
    let tries = 0;
    const both = (first: string, second: string) =>
      inTransaction(db, async (session) => {
        const add = (name: string) => session.updateTable('things').set(({ eb }) => ({ size: eb('size', '+', 1) })).where('name', '=', name).execute(); // prettier-ignore
        await add(first);
        if (++tries === 2) met();
        await bothInside;
        await add(second);
      });
    await Promise.all([both('a', 'b'), both('b', 'a')]);
    expect(tries).toBe(3);
    const rows = await db.selectFrom('things').select('size').execute();
    expect(rows).toEqual([{ size: 2 }, { size: 2 }]);
  });

  const serializable = engine === 'postgresql' ? it : it.skip;

  serializable('tries a transaction again that cannot be put in order with another', async () => {
    const db = await open();
    await insert(db, 'a');
    let tries = 0;
    const size = await inTransaction(db, async (session) => {
      await sql`set transaction isolation level repeatable read`.execute(session);
      const before = await session.selectFrom('things').select('size').executeTakeFirstOrThrow();
      if (++tries === 1) await db.updateTable('things').set({ size: 10 }).execute();
      await session.updateTable('things').set({ size: before.size + 1 }).execute(); // prettier-ignore
      return before.size + 1;
    });
    expect({ tries, size }).toEqual({ tries: 2, size: 11 });
  });

  it('goes on when another process has changed a table meanwhile', async () => {
    const [db, other] = [await open(), await open()];
    await insert(db, 'a');
    const read = () => db.selectFrom('things').selectAll().where('name', '=', 'a').execute();
    await Promise.all([read(), read()]);
    await other.schema.alterTable('things').addColumn('color', 'integer').execute();
    expect(await read()).toEqual([{ id: 1, ...thing('a'), color: null }]);
    const inside = await inTransaction(db, (session) => session.selectFrom('things').selectAll().where('name', '=', 'a').execute()); // prettier-ignore
    expect(inside).toHaveLength(1);
  });

  server('refuses whom no connection gets free for in time', async () => {
    const db = await open({ max_pool_size: 1, max_overflow: 0, pool_timeout: 1 });
    await inTransaction(db, async () => {
      await expect(db.selectFrom('things').selectAll().execute()).rejects.toThrow(/within 1 s: raise .*max_overflow/);
    });
    await db.selectFrom('things').selectAll().execute();
  });

  server('says what to do when it is not there, without the password', async () => {
    const missing = new URL(own.url);
    missing.pathname = 'bootlab_test_no_such';
    missing.password = 'hush';
    const error = await openDatabase(missing.toString(), { migrations }).catch((caught: unknown) => caught);
    expect(String(error)).toMatch(/Cannot reach the database bootlab_test_no_such at .*: (create it|check user)/);
    expect(String(error)).not.toMatch(/hush/);
  });

  server('is waited for at start, so often as the configuration says', async () => {
    const port = await freePort();
    const away = new URL(own.url);
    away.port = String(port);
    away.password = 'hush';
    const warnings: string[] = [];
    const settings = { max_retries: 2, retry_interval: 0 };
    const opening = openDatabase(away.toString(), { migrations, settings, warn: (text) => warnings.push(text) });
    await expect(opening).rejects.toThrow(/ECONNREFUSED.*: start the server or set \[database\] connection/);
    expect(warnings).toHaveLength(2);
    expect(warnings.join()).not.toMatch(/hush/);
  });
});

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
