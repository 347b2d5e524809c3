import { openNovaDatabase, NovaDatabase } from '@bootlab/nova-db';
import { LabLogger } from '@bootlab/tracing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Listening, listen } from './message-sink';
import { startTinyGlance, TinyGlance } from './tiny-glance';

export const CIRROS = '11111111-1111-4111-8111-111111111111';

export interface Answer {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each spec knows the answer it asked for
  body: any;
}

export interface Call {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is when it is text. */
  body?: unknown;
}

/** compute-api with a database of its own, a glance-api and whoever else a spec starts. */
export interface OwnApi {
  url: string;
  glance: TinyGlance;
  conductor: Listening;
  db: NovaDatabase;
  call(path: string, call?: Call): Promise<Answer>;
  /** `POST /v2.1/servers` of a server that is right but for what is given. */
  boot(server?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
  /** How many rows each of the three records of servers-to-be has. */
  records(): Promise<number[]>;
  close(): Promise<void>;
}

const usual = { name: 'web', imageRef: CIRROS, flavorRef: '1' };

export async function startOwnApi(conf: Record<string, string> = {}): Promise<OwnApi> {
  const home = await mkdtemp(join(tmpdir(), 'bootlab-api-'));
  const glance = await startTinyGlance();
  glance.add(CIRROS);
  Object.assign(process.env, {
    BOOTLAB_HOME: home,
    BOOTLAB_ETC: home,
    OTEL_TRACES_EXPORTER: 'none',
    BOOTLAB_LAB__LAB__LOG_LEVEL: 'error',
    BOOTLAB_NOVA__DEFAULT__OSAPI_COMPUTE_LISTEN_PORT: '0',
    BOOTLAB_NOVA__GLANCE__API_SERVERS: glance.url,
    ...conf,
  });
  const { serve } = await import('../../../apps/compute-api/src/serve');
  const conductor = await listen('conductor', 'node1');
  const running = await serve(new LabLogger('compute-api'));
  const db = await openNovaDatabase();

  async function call(path: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Answer> {
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(running.url + path, { method, headers, body: sent });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  }

  return {
    url: running.url,
    glance,
    conductor,
    db,
    call,
    boot: (server = {}, headers = {}) =>
      call('/v2.1/servers', { method: 'POST', headers, body: { server: { ...usual, ...server } } }),
    async records() {
      const tables = ['request_specs', 'build_requests', 'instance_mappings'] as const;
      const counts = tables.map((table) =>
        db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('rows'))
          .executeTakeFirstOrThrow(),
      );
      return (await Promise.all(counts)).map(({ rows }) => rows);
    },
    async close() {
      await running.close();
      await conductor.close();
      await glance.close();
      await db.destroy();
      const { GlanceClient } = await import('@bootlab/glanceclient');
      await GlanceClient.close();
      await rm(home, { recursive: true });
    },
  };
}
