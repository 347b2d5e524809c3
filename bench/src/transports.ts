import { mysql, OwnDatabase, postgresql, sqlite } from '../../test/support/databases';
import { ownExchange } from '../../apps/bootlab/src/scenario/servers/own-exchange';
import { clearExchange, transportUrl } from '../../test/support/transports';
import { bootsPerSecond, warmLab } from './boots';
import { boot, spread } from './client';
import { atLeast, atMost, Figure, percentile } from './figures';

const SINGLE_BOOTS = 40;

interface Way {
  name: string;
  settings: Record<string, string>;
  clear(): Promise<void>;
}

function ways(): Way[] {
  const exchange = ownExchange();
  const rabbit = {
    BOOTLAB_NOVA__DEFAULT__TRANSPORT_URL: transportUrl(),
    BOOTLAB_NOVA__DEFAULT__CONTROL_EXCHANGE: exchange,
    BOOTLAB_NOVA__DEFAULT__HOST: 'node1',
  };
  return [
    { name: 'tcp', settings: {}, clear: () => Promise.resolve() },
    { name: 'rabbit', settings: rabbit, clear: () => clearExchange(exchange) },
  ];
}

async function benchOver({ name, settings }: Way, database: string, nova: OwnDatabase, glance: OwnDatabase) {
  const {
    lab,
    nova: url,
    image,
  } = await warmLab({
    ...settings,
    BOOTLAB_NOVA__DATABASE__CONNECTION: nova.url,
    BOOTLAB_GLANCE_REGISTRY__DATABASE__CONNECTION: glance.url,
  });
  try {
    const single = await spread(SINGLE_BOOTS, 1, () => boot(url, image, 5));
    const rate = await bootsPerSecond(url, image);
    const note = `p50 ${percentile(single, 50).toFixed(0)} ms`;
    return [
      atLeast(`boots to ACTIVE, ${name}, ${database}`, rate, '/s', 30),
      atMost(`one boot alone, ${name}, ${database}, p95`, percentile(single, 95), 'ms', 150, note),
    ];
  } finally {
    await lab.stop();
  }
}

/** Each transport over each database; the servers are those of `npm run test:services`. */
export async function benchTransports(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const way of ways()) {
    for (const { name, create } of [sqlite, mysql, postgresql]) {
      const [nova, glance] = [await create(), await create()];
      try {
        figures.push(...(await benchOver(way, name, nova, glance)));
      } finally {
        await Promise.all([nova.drop(), glance.drop()]);
      }
    }
    await way.clear();
  }
  return figures;
}
