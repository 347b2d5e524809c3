import { columnTypes, inTransaction, openDatabase } from '@bootlab/database';
import { hopId } from '@bootlab/trace-model';
import { createPool } from 'mysql2/promise';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { Client } from 'pg';
import { baggage } from '../faults/faulty-lab';
import { describeUnless } from '../support/browser';
import { OwnLab, startOwnLab } from '../support/own-lab';
import { OwnServer } from '../support/own-servers/own-server';
import { installedServers } from '../support/own-servers/programs';
import { wholeTrace } from '../support/traces';
import { bootSmall, imageId, post, statuses, uploadSmall } from './rabbitmq/rabbit-lab';

interface Schema {
  things: { name: string; size: number };
}

const migrations = {
  '001_things': {
    async up(db: Kysely<unknown>) {
      const { name } = columnTypes(db);
      await db.schema.createTable('things').addColumn('name', name(255)).addColumn('size', 'integer').execute();
    },
  },
};
const CREATE_ROOT = 'nova.virt.libvirt.driver.LibvirtDriver._create_and_inject_local_root';
const UUID = /^[0-9a-f-]{36}$/;
const soon = { db_retry_interval: 1, db_max_retry_interval: 1 };

async function createDatabases(url: string, names: string[]): Promise<void> {
  const statements = names.map((name) => `create database ${name}`);
  if (url.startsWith('mysql')) {
    const admin = createPool({ uri: url, connectionLimit: 1 });
    for (const statement of statements) await admin.query(statement);
    await admin.end();
    return;
  }
  const admin = new Client({ connectionString: url });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}

for (const { name, missing, program } of installedServers) {
  describeUnless(missing, `a ${name} server that goes away`, () => {
    let server: OwnServer;
    const first = name === 'mysql' ? 'mysql' : 'postgres';
    const open = (url: string, settings = {}, warn?: (message: string) => void) =>
      openDatabase<Schema>(url, { migrations, settings: { ...soon, ...settings }, warn });

    beforeAll(async () => {
      server = await OwnServer.create(program);
      await server.start();
      await createDatabases(server.url(first), ['things', 'nova', 'glance']);
    }, 60_000);
    afterAll(() => server.remove(), 30_000);

    it('refuses a wrong password and a missing database at once, each with what to do next', async () => {
      const wrong = open(server.url('things', 'wrong'));
      await expect(wrong).rejects.toThrow(/^Cannot reach the database things at 127.0.0.1:\d+ \(.*\): check user and password in \[database\] connection\.$/); // prettier-ignore
      const missingOne = open(server.url('nowhere'));
      await expect(missingOne).rejects.toThrow(
        /^Cannot reach the database nowhere at .*: create it with CREATE DATABASE/,
      );
      for (const attempt of [wrong, missingOne]) await expect(attempt).rejects.not.toThrow(server.secret);
    });

    it('is waited for when it comes later than the service', async () => {
      await server.stop();
      const warnings: string[] = [];
      let starting: Promise<void> | undefined;
      const db = await open(server.url('things'), { max_retries: -1, retry_interval: 1 }, (message) => {
        warnings.push(message);
        starting ??= server.start();
      });
      await starting;
      expect(warnings[0]).toMatch(
        /^Cannot reach the database things at .*; trying again in 1 s \(1 of any number\)\.$/,
      );
      expect(warnings.join()).not.toContain(server.secret);
      await db.destroy();
    }, 60_000);

    it.each(['stop', 'kill'] as const)(
      'loses nothing that is read or written in a transaction over a %s',
      async (way) => {
        const db = await open(server.url('things'));
        await db.deleteFrom('things').execute();
        await db.insertInto('things').values({ name: 'a', size: 0 }).execute();
        let tries = 0;
        await inTransaction(db, async (session) => {
          await session.updateTable('things').set({ size: 1 }).execute();
          if (tries++ > 0) return;
          await server[way]();
          void server.start();
          await session.updateTable('things').set({ size: 2 }).execute();
        });
        expect(tries).toBeGreaterThan(1);
        await server[way]();
        const reading = Promise.all(Array.from({ length: 30 }, () => db.selectFrom('things').select('size').execute()));
        await server.start();
        expect(await reading).toEqual(Array(30).fill([{ size: 1 }]));
        await db.destroy();
      },
      60_000,
    );

    describe('under a lab', () => {
      let lab: OwnLab;

      beforeAll(async () => {
        lab = await startOwnLab({
          BOOTLAB_NOVA__DATABASE__CONNECTION: server.url('nova'),
          BOOTLAB_GLANCE_REGISTRY__DATABASE__CONNECTION: server.url('glance'),
        });
        await uploadSmall(lab);
      }, 60_000);
      afterAll(() => lab.stop(), 30_000);

      /** Its row says `spawning` before the conductor knows that it was written; its folder comes after that. */
      async function spawning(): Promise<void> {
        const folders = () => readdirSync(join(lab.home, 'instances')).filter((name) => UUID.test(name));
        while (folders().length === 0) await nextTurn();
      }

      it('is killed in mid-boot, and the boot goes on', async () => {
        const slow = baggage({ hop: CREATE_ROOT, kind: 'delay', ms: 3000 });
        const trace = await post(lab, await imageId(lab), slow);
        await spawning();
        await server.kill();
        await server.start();
        const spans = await wholeTrace(lab.urls['lab']!, trace);
        expect(spans.filter(({ attributes }) => hopId(attributes) === CREATE_ROOT)).toHaveLength(1);
        expect(JSON.stringify(spans)).not.toContain(server.secret);
        expect(await statuses(lab)).toEqual(['ACTIVE']);
      }, 90_000);

      it('is stopped between two boots, and the next one is as the first', async () => {
        await server.stop();
        await server.start();
        await bootSmall(lab, 'two');
      }, 60_000);

      it('leaves no password in any file of the lab', () => {
        const files = () => execFileSync('grep', ['-rl', server.secret, lab.home]);
        expect(files).toThrow(expect.objectContaining({ status: 1 }));
      });
    });
  });
}
