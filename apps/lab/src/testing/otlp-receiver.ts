import { once } from 'node:events';
import { createServer, IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Body {
  resourceSpans: { scopeSpans: { spans: { spanId: string }[] }[] }[];
}

/** Stands where a Jaeger takes OTLP/JSON: counts how often each span came, and can go away and come back on its port. */
export class OtlpReceiver {
  /** How often each span id was taken. */
  readonly taken = new Map<string, number>();
  /** Requests so far, taken or not. */
  requests = 0;
  /** What it answers; spans are taken with 200 alone. */
  status = 200;
  #server?: Server;
  #port = 0;
  #listeners: (() => void)[] = [];

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      void this.#take(request).then((status) => response.writeHead(status).end('{}'));
    });
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server.close(), 'close');
    server.closeAllConnections();
    await closed;
  }

  /** Resolves once `done` holds; looked at after each request. */
  async until(done: () => boolean): Promise<void> {
    while (!done()) await new Promise<void>((resolve) => this.#listeners.push(resolve));
  }

  async #take(request: IncomingMessage): Promise<number> {
    const body = JSON.parse(await text(request)) as Body;
    this.requests += 1;
    if (this.status === 200) {
      for (const { spanId } of body.resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) => spans),
      )) {
        this.taken.set(spanId, (this.taken.get(spanId) ?? 0) + 1);
      }
    }
    for (const wake of this.#listeners.splice(0)) wake();
    return this.status;
  }
}
