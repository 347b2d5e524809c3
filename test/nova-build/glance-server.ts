import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedImage {
  bytes: Buffer;
  diskFormat?: string;
  /** Sent instead of the true one. */
  checksum?: string;
  /** Answer with this status instead of the image. */
  status?: number;
  /** Called before the bytes go out; they wait for it. */
  before?: () => Promise<void>;
}

/** A server of images that speaks as much of glance's API v1 as a download needs. */
export class GlanceServer {
  readonly images = new Map<string, ServedImage>();
  /** Ids of the images whose bytes were asked for, in order. */
  readonly downloads: string[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = request.url?.split('/').at(-1) ?? '';
    const image = this.images.get(id);
    if (request.method === 'GET') this.downloads.push(id);
    await image?.before?.();
    const status = image === undefined ? 404 : (image.status ?? 200);
    if (!image || status !== 200) {
      response.writeHead(status, { 'content-type': 'text/plain' }).end(`status ${status}`);
      return;
    }
    const checksum = image.checksum ?? createHash('md5').update(image.bytes).digest('hex');
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': image.bytes.length,
      'x-image-meta-id': id,
      'x-image-meta-name': 'image',
      'x-image-meta-status': 'active',
      'x-image-meta-size': String(image.bytes.length),
      'x-image-meta-disk_format': image.diskFormat ?? 'raw',
      'x-image-meta-container_format': 'bare',
      'x-image-meta-checksum': checksum,
      'x-image-meta-is_public': 'True',
      'x-image-meta-deleted': 'False',
      'x-image-meta-protected': 'False',
      'x-image-meta-min_ram': '0',
      'x-image-meta-min_disk': '0',
      'x-image-meta-created_at': '2018-02-28T12:00:00.000000',
      'x-image-meta-updated_at': '2018-02-28T12:00:00.000000',
    });
    response.end(request.method === 'HEAD' ? undefined : image.bytes);
  }
}
