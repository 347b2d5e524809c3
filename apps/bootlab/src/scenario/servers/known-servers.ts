/** A server that a scenario may ask for in the place of what is built in. */
export type ServerKind = 'rabbitmq' | 'mysql' | 'postgresql';

export interface KnownServer {
  /** How people call it. */
  title: string;
  /** The environment variable that says where it is. */
  variable: string;
  url: string;
  port: number;
}

/** Where the servers are: a user that may declare exchanges, or create databases. */
export function knownServers(env: NodeJS.ProcessEnv = process.env): Record<ServerKind, KnownServer> {
  const server = (title: string, variable: string, fallback: string, port: number) => ({
    title,
    variable,
    url: env[variable] || fallback,
    port,
  });
  return {
    rabbitmq: server('RabbitMQ', 'BOOTLAB_TEST_RABBITMQ_URL', 'amqp://guest:guest@127.0.0.1:5672', 5672),
    mysql: server('MySQL or MariaDB', 'BOOTLAB_TEST_MYSQL_URL', 'mysql://root@127.0.0.1:3306/mysql', 3306),
    postgresql: server('PostgreSQL', 'BOOTLAB_TEST_POSTGRES_URL', 'postgresql://postgres@127.0.0.1:5432/postgres', 5432), // prettier-ignore
  };
}

/** Host and port of a server. */
export function addressOf({ url, port }: KnownServer): { host: string; port: number } {
  const { hostname, port: named } = new URL(url);
  return { host: hostname, port: Number(named) || port };
}
