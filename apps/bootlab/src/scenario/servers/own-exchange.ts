import { connect } from 'amqplib';
import { randomBytes } from 'node:crypto';

const TOPICS = ['conductor', 'compute'];
const NOTIFICATIONS = ['notifications', 'versioned_notifications'].flatMap((name) => [`${name}.info`, `${name}.error`]);

/** A name for `control_exchange` that nobody else has. */
export function ownExchange(): string {
  return `bootlab-${randomBytes(4).toString('hex')}`;
}

/**
 * Takes away what a lab with an exchange of its own leaves on a broker.
 * @param hosts names of its compute hosts, and of the machine its conductor ran on
 */
export async function clearExchange(url: string, exchange: string, hosts: readonly string[]): Promise<void> {
  const connection = await connect(url);
  try {
    const channel = await connection.createChannel();
    const topics = TOPICS.flatMap((topic) => [topic, ...hosts.map((host) => `${topic}.${host}`)]);
    for (const queue of [...topics, ...NOTIFICATIONS]) await channel.deleteQueue(`${exchange}.${queue}`);
    for (const name of ['', ...TOPICS.map((topic) => `.${topic}_fanout`)])
      await channel.deleteExchange(exchange + name);
  } finally {
    await connection.close();
  }
}
