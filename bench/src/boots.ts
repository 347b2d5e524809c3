import { join } from 'node:path';
import { boot, spread, uploadImage, writeImage } from './client';
import { atLeast, atMost, Figure, median, percentile } from './figures';
import { OwnLab, startOwnLab } from '../../test/support/own-lab';

const MIB = 1 << 20;
/** Boots of which {@link bootsPerSecond} takes the rate. */
export const BOOTS = 200;
const AT_ONCE = 16;

/** A lab with an image that its host has in its cache. */
export async function warmLab(
  extra: Record<string, string> = {},
): Promise<{ lab: OwnLab; nova: string; image: string }> {
  const lab = await startOwnLab(extra);
  const path = join(lab.home, 'bench.img');
  await writeImage(path, 64 * MIB);
  const image = await uploadImage(lab.urls['glance-api'] ?? '', path, 'bench');
  const nova = lab.urls['compute-api'] ?? '';
  await spread(10, 2, () => boot(nova, image, 20));
  return { lab, nova, image };
}

/** Boots many at once, again and again. */
export async function bootsPerSecond(nova: string, image: string): Promise<number> {
  const start = performance.now();
  await spread(BOOTS, AT_ONCE, () => boot(nova, image, 100));
  return (BOOTS * 1000) / (performance.now() - start);
}

export async function benchBoots(): Promise<Figure[]> {
  const { lab, nova, image } = await warmLab();
  try {
    const single = await spread(40, 1, () => boot(nova, image, 5));
    const rate = await bootsPerSecond(nova, image);
    return [
      atLeast('boots to ACTIVE, 200 at concurrency 16, traced at level path', rate, '/s', 40),
      atMost('one boot alone, p50', median(single), 'ms', 60, `p95 ${percentile(single, 95).toFixed(0)} ms`),
    ];
  } finally {
    await lab.stop();
  }
}

/** Both labs are up at the same time and take turns, so that a drift of the machine hits both. */
export async function benchTracing(): Promise<Figure[]> {
  const traced = await warmLab();
  const plain = await warmLab({ OTEL_TRACES_EXPORTER: 'none' });
  const rates = { traced: [] as number[], plain: [] as number[] };
  try {
    for (let round = 0; round < 3; round++) {
      rates.traced.push(await bootsPerSecond(traced.nova, traced.image));
      rates.plain.push(await bootsPerSecond(plain.nova, plain.image));
    }
  } finally {
    await traced.lab.stop();
    await plain.lab.stop();
  }
  const [on, off] = [median(rates.traced), median(rates.plain)];
  const note = `${on.toFixed(1)} boots/s with, ${off.toFixed(1)} without`;
  return [atMost('tracing at level path costs', (1 - on / off) * 100, '%', 25, note)];
}
