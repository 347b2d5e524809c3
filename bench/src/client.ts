import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Agent, request } from 'undici';

/** Polls stay out of the traces: an unsampled parent. */
export const UNTRACED = { traceparent: '00-00000000000000000000000000000001-0000000000000001-00' };

const agent = new Agent({ connections: 32, pipelining: 1 });

export async function closeClient(): Promise<void> {
  await agent.close();
}

/** A file of `bytes` bytes that no file system stores as a hole. */
export async function writeImage(path: string, bytes: number): Promise<void> {
  const block = Buffer.alloc(1 << 20, 'nova boot lab ');
  const file = await open(path, 'w');
  for (let written = 0; written < bytes; written += block.length) {
    block.writeUInt32LE(written / block.length, 0);
    await file.write(block, 0, Math.min(block.length, bytes - written));
  }
  await file.close();
}

/** Uploads over glance v1; gives the image's id. */
export async function uploadImage(glance: string, path: string, name: string): Promise<string> {
  const { size } = await stat(path);
  const { statusCode, body } = await request(`${glance}/v1/images`, {
    dispatcher: agent,
    method: 'POST',
    headers: {
      ...UNTRACED,
      'content-type': 'application/octet-stream',
      'content-length': String(size),
      'x-image-meta-name': name,
      'x-image-meta-disk_format': 'raw',
      'x-image-meta-container_format': 'bare',
    },
    body: createReadStream(path, { highWaterMark: 1 << 20 }),
  });
  const text = await body.text();
  if (statusCode !== 201) throw new Error(`Upload answered ${statusCode}: ${text}`);
  return (JSON.parse(text) as { image: { id: string } }).image.id;
}

export async function deleteImage(glance: string, id: string): Promise<void> {
  const { statusCode, body } = await request(`${glance}/v1/images/${id}`, { dispatcher: agent, method: 'DELETE' });
  await body.dump();
  if (statusCode !== 200) throw new Error(`DELETE answered ${statusCode}.`);
}

export async function headImage(glance: string, id: string, headers: Record<string, string>): Promise<void> {
  const { statusCode, body } = await request(`${glance}/v1/images/${id}`, {
    dispatcher: agent,
    method: 'HEAD',
    reset: false,
    headers,
  });
  await body.dump();
  if (statusCode !== 200) throw new Error(`HEAD answered ${statusCode}.`);
}

/** Starts a server's boot and waits until it is ACTIVE. Gives the milliseconds it took. */
export async function boot(
  nova: string,
  image: string,
  pollMs: number,
  headers: Record<string, string> = {},
): Promise<number> {
  const start = performance.now();
  const { statusCode, body } = await request(`${nova}/v2.1/servers`, {
    dispatcher: agent,
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ server: { name: 'bench', imageRef: image, flavorRef: '1', networks: 'none' } }),
  });
  const text = await body.text();
  if (statusCode !== 202) throw new Error(`POST /servers answered ${statusCode}: ${text}`);
  const { id } = (JSON.parse(text) as { server: { id: string } }).server;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    const answer = await request(`${nova}/v2.1/servers/${id}`, { dispatcher: agent, headers: UNTRACED });
    const { server } = (await answer.body.json()) as { server: { status: string; fault?: { message: string } } };
    if (server.status === 'ACTIVE') return performance.now() - start;
    if (server.status === 'ERROR') throw new Error(`A boot ended in ERROR: ${server.fault?.message}`);
  }
}

/** Runs `work` `count` times, `atOnce` at a time. */
export async function spread<T>(count: number, atOnce: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let left = count;
  const worker = async () => {
    while (left-- > 0) results.push(await work());
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
