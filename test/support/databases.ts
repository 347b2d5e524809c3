import { createPool } from 'mysql2/promise';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { databaseServers } from './services';

/** A new, empty database of its own for one test. */
export interface OwnDatabase {
  /** For `[database] connection`. */
  url: string;
  /** Ends every connection to it on the server; an embedded one has none. */
  killConnections(): Promise<void>;
  drop(): Promise<void>;
}

export interface TestDatabase {
  name: 'sqlite' | 'mysql' | 'postgresql';
  create(): Promise<OwnDatabase>;
}

/** The databases that a suite runs over: SQLite, and with `npm run test:services` the servers too. */
export function databases(): TestDatabase[] {
  return process.env['BOOTLAB_TEST_SERVICES'] ? [sqlite, mysql, postgresql] : [sqlite];
}

function ownName(): string {
  return `bootlab_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
}

function withDatabase(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = database;
  return url.toString();
}

export const sqlite: TestDatabase = {
  name: 'sqlite',
  create() {
    const folder = mkdtempSync(join(tmpdir(), 'bootlab-db-'));
    return Promise.resolve({
      url: `sqlite:///${join(folder, 'own.sqlite')}`,
      killConnections: () => Promise.resolve(),
      drop: () => Promise.resolve(rmSync(folder, { recursive: true })),
    });
  },
};

/** Who has left meanwhile need not be ended: `ER_NO_SUCH_THREAD`. */
function gone(error: { errno?: number }): void {
  if (error.errno !== 1094) throw error as Error;
}

export const mysql: TestDatabase = {
  name: 'mysql',
  async create() {
    const { mysql: server } = databaseServers;
    const admin = createPool({ uri: server, connectionLimit: 1 });
    const name = ownName();
    await admin.query(`create database ${name}`);
    return {
      url: withDatabase(server, name),
      async killConnections() {
        const [rows] = await admin.query('select id from information_schema.processlist where db = ?', [name]);
        for (const { id } of rows as { id: number }[]) await admin.query(`kill ${id}`).catch(gone);
      },
      async drop() {
        await admin.query(`drop database ${name}`);
        await admin.end();
      },
    };
  },
};

export const postgresql: TestDatabase = {
  name: 'postgresql',
  async create() {
    const { postgresql: server } = databaseServers;
    const admin = new Client({ connectionString: server });
    await admin.connect();
    const name = ownName();
    await admin.query(`create database ${name}`);
    return {
      url: withDatabase(server, name),
      async killConnections() {
        await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      },
      async drop() {
        await admin.query(`drop database ${name} with (force)`);
        await admin.end();
      },
    };
  },
};
