import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';

export interface TarEntry {
  path: string;
  content?: string | Buffer;
  mode?: number;
  /** A symbolic link to there. */
  link?: string;
}

/** A gzipped tar archive of exactly these entries, however wicked. */
export function tarball(entries: TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = '', mode = 0o644, link }) => {
    const bytes = Buffer.from(content);
    const type = link !== undefined ? 'SymbolicLink' : path.endsWith('/') ? 'Directory' : 'File';
    const header = new Header({ path, mode, type, size: bytes.length, mtime: new Date(0), linkpath: link });
    const head = Buffer.alloc(512);
    header.encode(head, 0);
    return [head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

export const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** Stands where the releases are. Serves files by path, with ranges, and lets a path misbehave. */
export class ReleaseServer {
  readonly files = new Map<string, Buffer>();
  /** In place of a file, used up one by one. */
  readonly special = new Map<string, Respond[]>();
  /** `GET /path` or `GET /path bytes=5-`, as they came. */
  readonly asked: string[] = [];
  readonly #server: Server = createServer((request, response) => this.#answer(request, response));

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
  }

  closeConnections(): void {
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    const closed = once(this.#server.close(), 'close');
    this.#server.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    const { range } = request.headers;
    this.asked.push(range === undefined ? path : `${path} ${range}`);
    const special = this.special.get(path)?.shift();
    if (special) return special(request, response);
    const file = this.files.get(path);
    if (file === undefined) response.writeHead(404).end('Not Found');
    else serve(file, range, response);
  }
}

function serve(file: Buffer, range: string | undefined, response: ServerResponse): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? NaN);
  if (Number.isNaN(from)) response.writeHead(200, { 'content-length': file.length }).end(file);
  else if (from >= file.length) response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end();
  else {
    const rest = file.subarray(from);
    const headers = {
      'content-length': rest.length,
      'content-range': `bytes ${from}-${file.length - 1}/${file.length}`,
    };
    response.writeHead(206, headers).end(rest);
  }
}

/** Sends the first `bytes` of a file and then hangs. */
export function part(file: Buffer, bytes: number): Respond {
  return (_, response) => {
    response.writeHead(200, { 'content-length': file.length });
    response.write(file.subarray(0, bytes));
  };
}
