import { connect } from 'amqplib';
import { KnownServer, knownServers } from '../../apps/bootlab/src/scenario/servers/known-servers';
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';

const { rabbitmq, mysql, postgresql } = knownServers();

/** The database servers that `npm run test:services` uses: users that may create databases. */
export const databaseServers = {
  mysql: mysql.url,
  postgresql: postgresql.url,
};

/** The broker that it uses: a user that may declare exchanges and queues. */
export const rabbitServer = rabbitmq.url;

interface TestService extends KnownServer {
  /** Rejects when it does not answer. */
  answer(url: string): Promise<void>;
}

/** What `npm run test:services` needs. */
export const testServices: TestService[] = [
  {
    ...mysql,
    async answer(url) {
      await (await createConnection(url)).end();
    },
  },
  {
    ...postgresql,
    async answer(url) {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.end();
    },
  },
  {
    ...rabbitmq,
    async answer(url) {
      await (await connect(url)).close();
    },
  },
];
