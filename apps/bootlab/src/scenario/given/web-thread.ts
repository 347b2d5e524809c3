import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parentPort } from 'node:worker_threads';
import { servedContent } from './served-content';
import type { WebAnswer, WebPath } from './web-server';

const FOUND = 302;
const answers = new Map<string, WebAnswer>();

/** Redirects that a request has followed already stand in its query: `/disk.img?redirect=2`. */
function redirectOf(url: URL, { redirects, redirect_to: target }: WebAnswer): string | undefined {
  if (target !== undefined) return target;
  const followed = Number(url.searchParams.get('redirect') ?? 0);
  return followed < (redirects ?? 0) ? `${url.pathname}?redirect=${followed + 1}` : undefined;
}

async function* firstBytes(body: Readable, length: number): AsyncGenerator<Buffer> {
  let left = length;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

async function answer({ method, url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = new URL(url, 'http://127.0.0.1');
  const found = answers.get(asked.pathname);
  if (found === undefined) {
    response.writeHead(404).end();
    return;
  }
  const location = redirectOf(asked, found);
  if (location !== undefined) {
    response.writeHead(found.status ?? FOUND, { location, 'content-length': 0 }).end();
    return;
  }
  const { status = 200, size = 0, truncate } = found;
  response.writeHead(status, { 'content-length': size, 'content-type': 'application/octet-stream' });
  if (method === 'HEAD' || size === 0) {
    response.end();
    return;
  }
  const body = servedContent(asked.pathname, found).read();
  if (truncate === undefined) {
    await pipeline(body, response);
    return;
  }
  for await (const chunk of firstBytes(body, truncate)) {
    if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve));
  }
  // What was written must have left before the connection breaks.
  response.write('', () => response.destroy());
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
parentPort!.on('message', ({ path, answer: added }: WebPath) => {
  answers.set(path, added);
  parentPort!.postMessage('added');
});
server.listen(0, '127.0.0.1', () => {
  parentPort!.postMessage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
