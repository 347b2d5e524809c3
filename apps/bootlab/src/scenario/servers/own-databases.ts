import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';

type Run = (statement: string) => Promise<unknown>;

async function onMysql(url: string, work: (run: Run) => Promise<void>): Promise<void> {
  const connection = await createConnection(url);
  try {
    await work((statement) => connection.query(statement));
  } finally {
    await connection.end();
  }
}

async function onPostgresql(url: string, work: (run: Run) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work((statement) => client.query(statement));
  } finally {
    await client.end();
  }
}

const servers = {
  mysql: { on: onMysql, drop: (name: string) => `drop database ${name}` },
  postgresql: { on: onPostgresql, drop: (name: string) => `drop database ${name} with (force)` },
};

/** New, empty databases for nova and glance on a server. */
export class OwnDatabases {
  readonly #suffix = randomBytes(4).toString('hex');
  readonly nova = `bootlab_nova_${this.#suffix}`;
  readonly glance = `bootlab_glance_${this.#suffix}`;

  constructor(
    private readonly kind: keyof typeof servers,
    private readonly url: string,
  ) {}

  async create(): Promise<void> {
    await servers[this.kind].on(this.url, async (run) => {
      for (const name of [this.nova, this.glance]) await run(`create database ${name}`);
    });
  }

  async drop(): Promise<void> {
    const { on, drop } = servers[this.kind];
    await on(this.url, async (run) => {
      for (const name of [this.nova, this.glance]) await run(drop(name));
    });
  }
}
