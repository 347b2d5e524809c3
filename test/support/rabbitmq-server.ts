import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's command on the path is a wrapper for the system's own node; the script behind it starts any. */
const PLACES = ['/usr/lib/rabbitmq/bin/rabbitmq-server'];

/** The script that starts a node of RabbitMQ; undefined where it is not installed. */
export function rabbitmqServer(): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'rabbitmq-server'));
  const found = [...PLACES, ...onPath].find((file) => existsSync(file));
  return found && realpathSync(found);
}
