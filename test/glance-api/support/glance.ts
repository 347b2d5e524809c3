import type { Running } from '@bootlab/service';
import { LabLogger } from '@bootlab/tracing';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request as httpRequest } from 'node:http';
import { serve as serveGlance } from '../../../apps/glance-api/src/serve';
import { serve as serveRegistry } from '../../../apps/registry/src/serve';

export type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- what came over the wire

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  image: Json;
  json: Json;
}

export type Identity = Record<string, string>;
export const alice: Identity = { 'x-user-id': 'alice', 'x-project-id': 'wonderland', 'x-roles': 'member' };
export const bob: Identity = { 'x-user-id': 'bob', 'x-project-id': 'builders', 'x-roles': 'member' };
export const admin: Identity = { 'x-user-id': 'root', 'x-project-id': 'ops', 'x-roles': 'admin' };

/** A registry and a glance-api of their own, in a home of their own. */
export class Glance {
  private constructor(
    readonly home: string,
    private readonly registry: Running,
    readonly api: Running,
  ) {}

  /** @param options of glance-api's section DEFAULT; `policy` replaces rules; `protections` is a property protection file */
  static async start({ policy, protections, ...options }: Record<string, string> = {}): Promise<Glance> {
    const home = mkdtempSync(join(tmpdir(), 'bootlab-glance-'));
    for (const name of Object.keys(process.env)) if (name.startsWith('BOOTLAB_GLANCE_API__')) delete process.env[name];
    Object.assign(process.env, {
      BOOTLAB_HOME: home,
      BOOTLAB_GLANCE_REGISTRY__DEFAULT__BIND_PORT: '0',
      BOOTLAB_GLANCE_API__DEFAULT__BIND_PORT: '0',
      BOOTLAB_GLANCE_API__DEFAULT__REGISTRY_PORT: '0',
      BOOTLAB_LAB__LAB__LOG_LEVEL: process.env['GLANCE_TEST_LOG'] ?? 'error',
      OTEL_TRACES_EXPORTER: 'none',
    });
    for (const [name, value] of Object.entries(options)) {
      process.env[`BOOTLAB_GLANCE_API__DEFAULT__${name.toUpperCase()}`] = value;
    }
    if (policy !== undefined) {
      const file = join(home, 'policy.json');
      writeFileSync(file, policy);
      process.env['BOOTLAB_GLANCE_API__OSLO_POLICY__POLICY_FILE'] = file;
    }
    if (protections !== undefined) {
      const file = join(home, 'property-protections.conf');
      writeFileSync(file, protections);
      process.env['BOOTLAB_GLANCE_API__DEFAULT__PROPERTY_PROTECTION_FILE'] = file;
    }
    const registry = await serveRegistry(new LabLogger('registry'));
    return new Glance(home, registry, await serveGlance(new LabLogger('glance-api')));
  }

  async stop(): Promise<void> {
    await this.api.close();
    await this.registry.close();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** @param body bytes, or chunks that are sent without a length */
  async ask(
    who: Identity,
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: Buffer | string | AsyncIterable<Buffer>,
  ): Promise<Answer> {
    const init: RequestInit & { duplex?: 'half' } = {
      method,
      headers: { accept: 'text/plain', ...who, ...headers },
      body: body as RequestInit['body'],
      duplex: 'half',
    };
    const answer = await fetch(this.api.url + path, init);
    const text = await answer.text();
    const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Json;
    return { status: answer.status, headers: answer.headers, text, json, image: (json['image'] ?? {}) as Json };
  }

  /** POST /v1/images with the usual formats. */
  create(who: Identity, headers: Record<string, string> = {}, data?: Buffer | AsyncIterable<Buffer>): Promise<Answer> {
    return this.ask(who, 'POST', '/v1/images', { ...FORMATS, ...(data ? OCTETS : {}), ...headers }, data);
  }

  async statusOf(id: string): Promise<string | null> {
    return (await this.meta(id)).get('x-image-meta-status');
  }

  async meta(id: string): Promise<Headers> {
    return (await this.ask(admin, 'HEAD', `/v1/images/${id}`)).headers;
  }

  /** What the registry itself knows, locations included. */
  async row(id: string): Promise<Json> {
    const answer = await fetch(`${this.registry.url}/images/${id}`, { headers: admin });
    return ((await answer.json()) as Json)['image'] as Json;
  }

  /** Names in the file store's folder. */
  files(): string[] {
    return readdirSync(join(this.home, 'images'));
  }

  /** Starts an upload of `promised` bytes, sends `sent` and goes away once `when` says so. */
  async uploadAndLeave(id: string, sent: Buffer, promised: number, when: () => Promise<void>): Promise<void> {
    const request = httpRequest(`${this.api.url}/v1/images/${id}`, {
      method: 'PUT',
      headers: { ...alice, ...OCTETS, 'content-length': promised },
    });
    request.on('error', () => undefined);
    request.write(sent);
    await when();
    request.destroy();
  }
}

export const FORMATS = { 'x-image-meta-disk_format': 'raw', 'x-image-meta-container_format': 'bare' };
export const OCTETS = { 'content-type': 'application/octet-stream' };

/** Asks again until the answer is as wanted; the test's own time limit ends it. */
export async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setImmediate(resolve));
}
