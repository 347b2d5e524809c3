import { join } from 'node:path';
import { headImage, spread, UNTRACED, uploadImage, writeImage } from './client';
import { atLeast, Figure, percentile } from './figures';
import { startOwnLab } from '../../test/support/own-lab';

const REQUESTS = 6000;
const AT_ONCE = 16;

async function rate(
  glance: string,
  id: string,
  headers: Record<string, string>,
): Promise<{ perSecond: number; p50: number }> {
  await spread(1000, AT_ONCE, () => headImage(glance, id, headers));
  const start = performance.now();
  const times = await spread(REQUESTS, AT_ONCE, async () => {
    const sent = performance.now();
    await headImage(glance, id, headers);
    return performance.now() - sent;
  });
  return { perSecond: (REQUESTS * 1000) / (performance.now() - start), p50: percentile(times, 50) };
}

export async function benchMetadata(): Promise<Figure[]> {
  const lab = await startOwnLab();
  try {
    const path = join(lab.home, 'small.img');
    await writeImage(path, 1 << 20);
    const glance = lab.urls['glance-api'] ?? '';
    const id = await uploadImage(glance, path, 'small');
    const unsampled = await rate(glance, id, UNTRACED);
    const traced = await rate(glance, id, {});
    return [
      atLeast(
        'HEAD /v1/images/{id}, not sampled',
        unsampled.perSecond,
        '/s',
        1000,
        `p50 ${unsampled.p50.toFixed(1)} ms`,
      ),
      atLeast(
        'HEAD /v1/images/{id}, traced at level path',
        traced.perSecond,
        '/s',
        1000,
        `p50 ${traced.p50.toFixed(1)} ms`,
      ),
    ];
  } finally {
    await lab.stop();
  }
}
