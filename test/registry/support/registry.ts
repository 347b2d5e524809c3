import { RequestContext, identityHeaders } from '@bootlab/openstack';
import type { Running } from '@bootlab/service';
import { LabLogger } from '@bootlab/tracing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../../apps/registry/src/serve';
import { OwnDatabase, TestDatabase } from '../../support/databases';

/** An administrator, two members of their own projects, and one of none. */
export const admin = RequestContext.admin('req-admin');
export const alice = new RequestContext({ userId: 'alice', projectId: 'wonderland', roles: ['member'] });
export const bob = new RequestContext({ userId: 'bob', projectId: 'builders', roles: ['member'] });
export const nobody = new RequestContext({ userId: 'nobody', roles: ['member'] });

let registry: Running;
let home: string;
let own: OwnDatabase;

export type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- what came over the wire
interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
}

/** Where the registry of the running test answers a path. */
export function urlOf(path: string): string {
  return registry.url + path;
}

/** A request on behalf of `context`. */
export async function ask(
  context: RequestContext,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(urlOf(path), {
    method,
    headers: {
      ...identityHeaders(context),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Json;
  return { status: response.status, headers: response.headers, text, json };
}

/** Makes an image, queued unless it says otherwise, and gives what the registry answers. */
export async function make(context: RequestContext, image: Json = {}): Promise<Json> {
  const { json } = await ask(context, 'POST', '/images', { image: { status: 'queued', ...image } });
  return json['image'] as Json;
}

/** The names that a list has, in its order. */
export async function names(context: RequestContext, query: string): Promise<string[]> {
  const { json } = await ask(context, 'GET', `/images/detail?${query}`);
  return (json['images'] as Json[]).map(({ name }) => name as string);
}

/** Gives each test of the suite a registry over a new, empty database. */
export function useRegistry(create: TestDatabase['create']): void {
  beforeEach(async () => {
    own = await create();
    home = mkdtempSync(join(tmpdir(), 'bootlab-registry-'));
    Object.assign(process.env, {
      BOOTLAB_HOME: home,
      BOOTLAB_GLANCE_REGISTRY__DEFAULT__BIND_PORT: '0',
      BOOTLAB_GLANCE_REGISTRY__DATABASE__CONNECTION: own.url,
      BOOTLAB_LAB__LAB__LOG_LEVEL: 'error',
      OTEL_TRACES_EXPORTER: 'none',
    });
    registry = await serve(new LabLogger('registry'));
  });
  afterEach(async () => {
    await registry.close();
    await own.drop();
    rmSync(home, { recursive: true });
  });
}
