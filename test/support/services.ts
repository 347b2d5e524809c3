import { connect } from 'amqplib';
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';

/** The database servers that `npm run test:services` uses: users that may create databases. */
export const databaseServers = {
  mysql: process.env['BOOTLAB_TEST_MYSQL_URL'] || 'mysql://root@127.0.0.1:3306/mysql',
  postgresql: process.env['BOOTLAB_TEST_POSTGRES_URL'] || 'postgresql://postgres@127.0.0.1:5432/postgres',
};

/** The broker that it uses: a user that may declare exchanges and queues. */
export const rabbitServer = process.env['BOOTLAB_TEST_RABBITMQ_URL'] || 'amqp://guest:guest@127.0.0.1:5672';

interface TestService {
  name: string;
  variable: string;
  url: string;
  /** Rejects when it does not answer. */
  answer(url: string): Promise<void>;
}

/** What `npm run test:services` needs. */
export const testServices: TestService[] = [
  {
    name: 'MySQL or MariaDB',
    variable: 'BOOTLAB_TEST_MYSQL_URL',
    url: databaseServers.mysql,
    async answer(url) {
      await (await createConnection(url)).end();
    },
  },
  {
    name: 'PostgreSQL',
    variable: 'BOOTLAB_TEST_POSTGRES_URL',
    url: databaseServers.postgresql,
    async answer(url) {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.end();
    },
  },
  {
    name: 'RabbitMQ',
    variable: 'BOOTLAB_TEST_RABBITMQ_URL',
    url: rabbitServer,
    async answer(url) {
      await (await connect(url)).close();
    },
  },
];
