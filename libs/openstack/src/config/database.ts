import { intFrom, str } from './option';

/** Section [database] with oslo.db's own option names. All but `connection` matter to a server only. */
export function databaseGroup(connection: string, help: string) {
  return {
    connection: str(connection, `${help} sqlite:///FILE, mysql://… or postgresql://USER:PASSWORD@HOST/DATABASE.`),
    max_pool_size: intFrom(1, 5, 'Connections to the server that each process keeps.'),
    max_overflow: intFrom(0, 15, 'Further connections of each process under load.'),
    pool_timeout: intFrom(0, 30, 'Seconds to wait for one of them.'),
    max_retries: intFrom(-1, 10, 'Further tries to reach the server at start; -1 for no end.'),
    retry_interval: intFrom(0, 10, 'Seconds between those tries.'),
    db_max_retries: intFrom(
      -1,
      20,
      'Further tries of a statement or transaction when the server is away; -1 for no end.',
    ),
    db_retry_interval: intFrom(0, 1, 'Seconds before the second of those tries; the time doubles.'),
    db_max_retry_interval: intFrom(0, 10, 'Longest time in seconds between two of them.'),
  };
}
