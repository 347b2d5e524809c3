import { execFile, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deleteImage, UNTRACED, uploadImage, writeImage } from './client';
import { atLeast, atMost, Figure, median } from './figures';
import { startOwnLab } from '../../test/support/own-lab';

const MIB = 1 << 20;
const GIB = 1 << 30;
const ROUNDS = 5;
const run = promisify(execFile);

/** Bytes per second of one download whose bytes are thrown away. */
async function download(url: string): Promise<number> {
  const start = performance.now();
  let bytes = 0;
  await new Promise<void>((resolve, reject) => {
    get(url, { headers: UNTRACED, agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', resolve);
      response.on('error', reject);
    }).on('error', reject);
  });
  if (bytes !== GIB) throw new Error(`${url} sent ${bytes} bytes.`);
  return (bytes * 1000) / (performance.now() - start);
}

/** Resident memory of a process in bytes: now, and at its highest. */
function memory(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kib = (key: string) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  return { now: kib('VmRSS') * 1024, peak: kib('VmHWM') * 1024 };
}

/** MD5 on one core in bytes per second, by openssl where it is installed, else by Node. */
async function md5Speed(): Promise<{ speed: number; by: string }> {
  try {
    const { stdout } = await run('openssl', ['speed', '-seconds', '2', '-bytes', '65536', 'md5']);
    const kilobytes = /^md5\s+([\d.]+)k/im.exec(stdout)?.[1];
    if (kilobytes !== undefined) return { speed: Number(kilobytes) * 1000, by: 'openssl speed md5' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const block = Buffer.alloc(MIB);
  const hash = createHash('md5');
  const start = performance.now();
  for (let i = 0; i < 512; i++) hash.update(block);
  return { speed: (512 * MIB * 1000) / (performance.now() - start), by: "Node's MD5" };
}

export async function benchBytes(): Promise<Figure[]> {
  const lab = await startOwnLab();
  const path = join(lab.home, 'gigabyte.img');
  await writeImage(path, GIB);
  const glance = lab.urls['glance-api'] ?? '';
  const pid = lab.pids['glance-api'] ?? 0;
  const bare = fork(join(__dirname, 'bare-server.js'), [path]);
  try {
    const [port] = (await once(bare, 'message')) as [number];
    const before = memory(pid).now;
    const uploads: number[] = [];
    // Each upload writes over memory that the one before gave back: the first touch of fresh pages is the machine's cost, not glance's.
    let id = await uploadImage(glance, path, 'gigabyte');
    for (let round = 0; round < ROUNDS; round++) {
      await deleteImage(glance, id);
      const start = performance.now();
      id = await uploadImage(glance, path, 'gigabyte');
      uploads.push((GIB * 1000) / (performance.now() - start));
    }
    const md5 = await md5Speed();
    const speeds = { glance: [] as number[], bare: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      speeds.glance.push(await download(`${glance}/v1/images/${id}`));
      speeds.bare.push(await download(`http://127.0.0.1:${port}/`));
    }
    const grown = memory(pid).peak - before;
    const mb = (speed: number) => `${(speed / 1e6).toFixed(0)} MB/s`;
    return [
      atLeast(
        'download of 1 GiB against a bare node:http server',
        median(speeds.glance) / median(speeds.bare),
        '×',
        0.9,
        `${mb(median(speeds.glance))} against ${mb(median(speeds.bare))}`,
      ),
      atLeast(
        'upload of 1 GiB against MD5 alone',
        median(uploads) / md5.speed,
        '×',
        0.8,
        `${mb(median(uploads))} against ${mb(md5.speed)} (${md5.by})`,
      ),
      atMost('memory that glance-api grows by, peak', grown / MIB, 'MiB', 64),
    ];
  } finally {
    bare.disconnect();
    await lab.stop();
  }
}
