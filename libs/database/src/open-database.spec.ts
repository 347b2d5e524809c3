import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { isUniqueViolation, openDatabase, StatementEvent } from '.';

interface Schema {
  images: { id: string; name: string | null; size: number | bigint | null; data: Uint8Array | null };
}

const migrations = {
  '001_images': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('images')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text')
        .addColumn('size', 'integer')
        .addColumn('data', 'blob')
        .execute();
    },
  },
};

const folder = mkdtempSync(join(tmpdir(), 'database-'));
const opened: Array<Kysely<Schema>> = [];

async function open(name: string, options: Partial<Parameters<typeof openDatabase>[1]> = {}) {
  const db = await openDatabase<Schema>(`sqlite:///${name}`, { migrations, baseDir: folder, ...options });
  opened.push(db);
  return db;
}

const row = (id: string) => ({ id, name: null, size: null, data: null });

afterAll(async () => {
  await Promise.all(opened.map((db) => db.destroy()));
  rmSync(folder, { recursive: true });
});

describe('openDatabase', () => {
  it('makes the folder and the schema, and keeps the rows over a restart', async () => {
    const first = await open('deep/er/one.sqlite');
    await first.insertInto('images').values(row('a')).execute();
    await first.destroy();
    expect(existsSync(join(folder, 'deep/er/one.sqlite-wal'))).toBe(false);
    const second = await open('deep/er/one.sqlite');
    expect(await second.selectFrom('images').select('id').execute()).toEqual([{ id: 'a' }]);
  });

  it('sets up the connection', async () => {
    const db = await open('pragmas.sqlite');
    const pragma = async (name: string) => Object.values((await sql.raw(`PRAGMA ${name}`).execute(db)).rows[0]!)[0];
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(1);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(10_000);
  });

  it('gives back what was stored: text, numbers beyond 32 bits, bytes, NULL', async () => {
    const db = await open('values.sqlite');
    const values = { id: 'ü\u0000x', name: '', size: 5_000_000_000, data: Uint8Array.of(0, 255) };
    await db.insertInto('images').values(values).execute();
    const stored = await db.selectFrom('images').selectAll().executeTakeFirstOrThrow();
    expect(stored).toEqual({ ...values, data: Buffer.from(values.data) });
    await db.updateTable('images').set({ size: 9_007_199_254_740_993n, data: null }).execute();
    const exact = await sql`select cast(size as text) as size, data from images`.execute(db);
    expect(exact.rows).toEqual([{ size: '9007199254740993', data: null }]);
  });

  it('refuses to store an object', async () => {
    const db = await open('object.sqlite');
    const insert = db.insertInto('images').values({ ...row('a'), name: { is: 'no text' } as unknown as string });
    await expect(insert.execute()).rejects.toThrow('SQLite cannot store a value of type Object');
  });

  it('tells affected rows, and rows of a RETURNING clause', async () => {
    const db = await open('results.sqlite');
    const inserted = await db
      .insertInto('images')
      .values([row('a'), row('b')])
      .returning('id')
      .execute();
    expect(inserted).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect((await db.updateTable('images').set({ size: 1 }).executeTakeFirst()).numUpdatedRows).toBe(2n);
    expect((await db.deleteFrom('images').executeTakeFirst()).numDeletedRows).toBe(2n);
  });

  it('streams rows one by one and can stop early', async () => {
    const db = await open('stream.sqlite');
    await db.insertInto('images').values(['a', 'b', 'c'].map(row)).execute();
    const seen: string[] = [];
    for await (const { id } of db.selectFrom('images').select('id').where('id', '!=', 'a').stream()) seen.push(id);
    expect(seen).toEqual(['b', 'c']);
    for await (const { id } of db.selectFrom('images').select('id').stream()) {
      seen.push(id);
      break;
    }
    expect(seen).toEqual(['b', 'c', 'a']);
    await db.deleteFrom('images').execute();
  });

  it('tells of each statement, with placeholders for values', async () => {
    const events: StatementEvent[] = [];
    const db = await open('events.sqlite', { onQuery: (event) => events.push(event) });
    events.length = 0;
    await db.insertInto('images').values(row('secret')).execute();
    await expect(db.insertInto('images').values(row('secret')).execute()).rejects.toThrow('UNIQUE');
    expect(events.map(({ sql }) => sql)).toEqual(
      Array(2).fill('insert into "images" ("id", "name", "size", "data") values (?, ?, ?, ?)'),
    );
    expect(events[0]!.error).toBeUndefined();
    expect(events[1]!.error).toBeInstanceOf(Error);
  });

  it('goes on after an error, and tells a duplicate from other errors', async () => {
    const db = await open('errors.sqlite');
    await db.insertInto('images').values(row('a')).execute();
    const failure = async (work: Promise<unknown>) =>
      work.then(
        () => undefined,
        (error: unknown) => error,
      );
    const duplicate = await failure(db.insertInto('images').values(row('a')).execute());
    expect(isUniqueViolation(duplicate)).toBe(true);
    expect(isUniqueViolation(await failure(sql`select * from nowhere`.execute(db)))).toBe(false);
    await db.insertInto('images').values(row('b')).execute();
  });
});

describe('a database that cannot be opened', () => {
  const reject = (name: string) => expect(open(name)).rejects;

  it('says so when the folder cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    await reject('file/sub/x.sqlite').toThrow(/^Cannot make the folder .*file\/sub for the database \(ENOTDIR\): make/);
  });

  it('says so when the file is no database', async () => {
    writeFileSync(join(folder, 'text.sqlite'), 'this is not a database, however long one looks at it'.repeat(20));
    await reject('text.sqlite').toThrow(/^Cannot open the database file .*text.sqlite \(SQLITE_NOTADB/);
  });

  it('says so when the path is a folder', async () => {
    await reject('.').toThrow(/^Cannot open the database file .* \(SQLITE_CANTOPEN/);
  });

  it('says so when the file is of a newer version', async () => {
    const newer = { ...migrations, '002_more': { up: () => Promise.resolve() } };
    await (await open('newer.sqlite', { migrations: newer })).destroy();
    await reject('newer.sqlite').toThrow(
      /^Cannot bring the schema of the database .*newer.sqlite up to date \(corrupted/,
    );
  });

  it('leaves nothing of migrations that fail half-way', async () => {
    const broken = { ...migrations, '002_broken': { up: (db: Kysely<unknown>) => sql`nonsense`.execute(db) } };
    const fails = open('half.sqlite', { migrations: broken as never });
    await expect(fails).rejects.toThrow(/SQLITE_ERROR: near "nonsense"/);
    const db = await open('half.sqlite');
    expect(await db.selectFrom('images').selectAll().execute()).toEqual([]);
  });
});

describe('several connections to one file', () => {
  it('migrate once when they open at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => open('together.sqlite')));
    for (const db of all)
      await db
        .insertInto('images')
        .values(row(`id-${all.indexOf(db)}`))
        .execute();
    const runs = await sql<{ runs: number }>`select count(*) as runs from kysely_migration`.execute(all[0]!);
    expect(runs.rows).toEqual([{ runs: 1 }]);
  });

  it('take turns when each reads before it writes', async () => {
    const both = await Promise.all([open('counter.sqlite'), open('counter.sqlite')]);
    await both[0]
      .insertInto('images')
      .values({ ...row('n'), size: 0 })
      .execute();
    const increment = (db: Kysely<Schema>) =>
      db.transaction().execute(async (transaction) => {
        const { size } = await transaction.selectFrom('images').select('size').executeTakeFirstOrThrow();
        await transaction
          .updateTable('images')
          .set({ size: Number(size) + 1 })
          .execute();
      });
    await Promise.all(Array.from({ length: 40 }, (_, index) => increment(both[index % 2]!)));
    expect(await both[0].selectFrom('images').select('size').execute()).toEqual([{ size: 40 }]);
  });
});

describe('a transaction', () => {
  it('has the connection to itself, in the order of asking', async () => {
    const db = await open('order.sqlite');
    const order: string[] = [];
    let enter!: () => void;
    const entered = new Promise<void>((resolve) => (enter = resolve));
    let leave!: () => void;
    const left = new Promise<void>((resolve) => (leave = resolve));
    const transaction = db.transaction().execute(async (handle) => {
      enter();
      await left;
      await handle.insertInto('images').values(row('a')).execute();
      order.push('transaction');
    });
    await entered;
    const outside = ['first', 'second'].map(async (name) => {
      const rows = await db.selectFrom('images').selectAll().execute();
      order.push(`${name} sees ${rows.length}`);
    });
    leave();
    await Promise.all([transaction, ...outside]);
    expect(order).toEqual(['transaction', 'first sees 1', 'second sees 1']);
  });

  it('leaves nothing behind when it fails', async () => {
    const db = await open('rollback.sqlite');
    const fails = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('images').values(row('a')).execute();
      await transaction.insertInto('images').values(row('a')).execute();
    });
    await expect(fails).rejects.toThrow('UNIQUE');
    expect(await db.selectFrom('images').selectAll().execute()).toEqual([]);
  });

  it('tells the first error when SQLite has rolled back by itself', async () => {
    const db = await open('self-rollback.sqlite');
    const fails = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('images').values(row('a')).execute();
      await sql`insert or rollback into images (id) values ('a')`.execute(transaction);
    });
    await expect(fails).rejects.toThrow('UNIQUE');
  });

  it('has savepoints', async () => {
    const db = await open('savepoints.sqlite');
    const transaction = await db.startTransaction().execute();
    await transaction.insertInto('images').values(row('a')).execute();
    const saved = await transaction.savepoint('here').execute();
    await saved.insertInto('images').values(row('b')).execute();
    await saved.rollbackToSavepoint('here').execute();
    await saved.releaseSavepoint('here').execute();
    await transaction.commit().execute();
    expect(await db.selectFrom('images').select('id').execute()).toEqual([{ id: 'a' }]);
  });

  it('is finished before the file closes', async () => {
    const db = await open('closing.sqlite');
    const writing = db.transaction().execute((handle) => handle.insertInto('images').values(row('a')).execute());
    await db.selectFrom('images').selectAll().execute();
    await Promise.all([writing, db.destroy()]);
    await expect(db.selectFrom('images').selectAll().execute()).rejects.toThrow('destroyed');
  });
});
