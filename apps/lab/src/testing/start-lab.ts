import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabOptions } from '../lab-options';
import { LabModule } from '../lab.module';
import { adapterOptions, takeRawBodies } from '../otlp/raw-bodies';

const DEFAULTS = { maxTraces: 100, maxRequestBytes: 20 * 1024 * 1024, agent: { host: '127.0.0.1', port: 0 } };

/** A trace store in this process, on a database of its own. Tell `stop` to keep the files to start on them again. */
export async function startLab(options: Partial<LabOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  const connection = options.connection ?? `sqlite:///${folder}/traces.sqlite`;
  const all = { ...DEFAULTS, jaegerUi: join(folder, 'none'), ...options, connection };
  const app = await NestFactory.create<NestFastifyApplication>(
    LabModule.register(all),
    new FastifyAdapter({ ...adapterOptions, forceCloseConnections: true }),
    { logger: false, bodyParser: false, abortOnError: false },
  );
  takeRawBodies(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    connection,
    async get<T>(url: string): Promise<{ status: number; body: T }> {
      const answer = await app.inject({ method: 'GET', url });
      return { status: answer.statusCode, body: answer.json<T>() };
    },
    /** Any request as bytes, with the answer as text. */
    async call(method: 'GET' | 'POST', url: string, payload?: Buffer | string, headers: Record<string, string> = {}) {
      const answer = await app.inject({ method, url, payload, headers });
      return { status: answer.statusCode, type: answer.headers['content-type'], text: answer.payload };
    },
    async send(request: unknown, headers: Record<string, string> = {}) {
      const payload = Buffer.isBuffer(request) ? request : JSON.stringify(request);
      const answer = await app.inject({
        method: 'POST',
        url: '/v1/traces',
        headers: { 'content-type': 'application/json', ...headers },
        payload,
      });
      return { status: answer.statusCode, type: answer.headers['content-type'], text: answer.payload };
    },
    async stop({ keep = false } = {}) {
      await app.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type StartedLab = Awaited<ReturnType<typeof startLab>>;
