import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OwnLab, startOwnLab } from '../support/own-lab';
import { wholeTrace } from '../support/traces';

/** Stands where a Jaeger collector takes Thrift over HTTP; keeps the bodies. */
class ThriftReceiver {
  readonly bodies: Buffer[] = [];
  readonly #server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.headers['content-type'] === 'application/x-thrift') this.bodies.push(Buffer.concat(parts));
      response.writeHead(202).end();
    });
  });

  async listen(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/traces`;
  }

  /** Whether a batch of that service has a span of that name. */
  got(service: string, name: string): boolean {
    return this.bodies.some((body) => body.includes(service) && body.includes(name));
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

describe('OTEL_TRACES_EXPORTER=otlp,jaeger', () => {
  const receiver = new ThriftReceiver();
  let lab: OwnLab;

  beforeAll(async () => {
    lab = await startOwnLab({
      OTEL_TRACES_EXPORTER: 'otlp,jaeger',
      OTEL_EXPORTER_JAEGER_ENDPOINT: await receiver.listen(),
    });
  }, 60_000);
  afterAll(() => receiver.close());

  it('sends the same spans to the lab and to a Jaeger collector', async () => {
    const answer = await fetch(`${lab.urls['compute-api']}/v2.1/flavors`);
    const traceId = answer.headers.get('traceresponse')?.split('-')[1] ?? '';
    const spans = await wholeTrace(lab.urls['lab']!, traceId);
    expect(spans.map(({ name }) => name)).toContain('GET /v2.1/flavors');
    await lab.stop(); // flushes what waits
    expect(receiver.got('compute-api', 'GET /v2.1/flavors')).toBe(true);
  }, 60_000);
});
