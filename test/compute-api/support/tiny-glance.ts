import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Metadata of an image as glance-api's v1 tells it in headers: `status`, `size`, `property-…`. */
export type TinyImage = Record<string, string | number>;

export interface TinyGlance {
  url: string;
  /** Makes an image and gives its id. */
  add(id: string, image?: TinyImage): string;
  /** From now on every request is answered with this status; undefined: as it should be. */
  broken?: number;
  /** Headers of the requests so far. */
  asked: { method: string; path: string; headers: NodeJS.Dict<string | string[]> }[];
  close(): Promise<void>;
  /** Listens again where it did. */
  reopen(): Promise<void>;
}

const usual: TinyImage = { name: 'cirros', status: 'active', size: 1024, disk_format: 'raw', container_format: 'bare' };

/** A server that answers `HEAD /v1/images/{id}` as glance-api does. */
export async function startTinyGlance(): Promise<TinyGlance> {
  const images = new Map<string, TinyImage>();
  const server = createServer(({ method = '', url = '', headers }, response) => {
    glance.asked.push({ method, path: url, headers });
    const image = images.get(url.replace('/v1/images/', ''));
    if (glance.broken !== undefined || !image) {
      response.writeHead(glance.broken ?? 404).end();
      return;
    }
    for (const [name, value] of Object.entries(image)) response.setHeader(`x-image-meta-${name}`, value);
    response.writeHead(200).end();
  });
  const listen = (port: number) => new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const glance: TinyGlance = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    add(id, image = {}) {
      images.set(id, { id, ...usual, ...image });
      return id;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
    reopen: () => listen(port),
  };
  return glance;
}
