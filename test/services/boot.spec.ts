import { compareShapes, shapeOf, Span } from '@bootlab/trace-model';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mysql, OwnDatabase, postgresql, sqlite, TestDatabase } from '../support/databases';
import { OwnLab, startOwnLab } from '../support/own-lab';
import { wholeTrace } from '../support/traces';

/** A lab whose nova and glance each have a database of their own. */
class LabOver {
  private constructor(
    readonly lab: OwnLab,
    readonly nova: OwnDatabase,
    readonly glance: OwnDatabase,
  ) {}

  static async start({ create }: TestDatabase): Promise<LabOver> {
    const [nova, glance] = [await create(), await create()];
    const lab = await startOwnLab({
      BOOTLAB_NOVA__DATABASE__CONNECTION: nova.url,
      BOOTLAB_GLANCE_REGISTRY__DATABASE__CONNECTION: glance.url,
    });
    const file = join(lab.home, 'small.img');
    writeFileSync(file, Buffer.alloc(65_536, 'x'));
    await lab.bootlab('image', 'create', '--file', file, '--name', 'small', '--disk-format', 'raw', '--container-format', 'bare'); // prettier-ignore
    return new LabOver(lab, nova, glance);
  }

  /** Boots a server to ACTIVE; gives the whole trace. */
  async boot(): Promise<Span[]> {
    const words = ['boot', '--image', 'small', '--flavor', 'm1.tiny', '--name', 'one', '--wait', '--json'];
    const { stdout } = await this.lab.bootlab(...words);
    const { server, traceId } = JSON.parse(stdout) as { server: { status: string }; traceId: string };
    expect(server.status).toBe('ACTIVE');
    return wholeTrace(this.lab.urls['lab']!, traceId);
  }

  async stop(): Promise<void> {
    await this.lab.stop();
    await Promise.all([this.nova.drop(), this.glance.drop()]);
  }
}

const statements = (spans: Span[]) => spans.filter(({ attributes }) => attributes['db.system.name'] !== undefined);
const statementNames = (spans: Span[]) => statements(spans).map(({ service, name }) => `${service} ${name}`).sort(); // prettier-ignore

describe.each([mysql, postgresql])('a boot over $name', (database) => {
  let embedded: LabOver;
  let server: LabOver;

  beforeAll(async () => {
    embedded = await LabOver.start(sqlite);
    server = await LabOver.start(database);
  }, 90_000);
  afterAll(async () => {
    await embedded.stop();
    await server.stop();
  }, 60_000);

  it('has the shape that it has over SQLite, down to the statements', async () => {
    const [expected, actual] = [await embedded.boot(), await server.boot()];
    expect(compareShapes(shapeOf(expected), shapeOf(actual))).toMatchObject({ differences: [] });
    expect(statementNames(actual)).toEqual(statementNames(expected));
  }, 60_000);

  it('tells where each statement ran, and no secret', async () => {
    const trace = await server.boot();
    const { hostname, port, pathname } = new URL(server.nova.url);
    const system = { mysql: /^(mysql|mariadb)$/, postgresql: /^postgresql$/, sqlite: /never/ }[database.name];
    for (const { attributes, service } of statements(trace)) {
      expect(attributes['db.system.name']).toMatch(system);
      expect(attributes).toMatchObject({ 'server.address': hostname, 'server.port': Number(port) });
      if (service !== 'registry') expect(attributes['db.namespace']).toBe(pathname.slice(1));
    }
    expect(JSON.stringify(trace)).not.toContain(server.nova.url);
  }, 60_000);

  it('goes well after every connection was ended on the server', async () => {
    await Promise.all([server.nova.killConnections(), server.glance.killConnections()]);
    await server.boot();
    expect((await server.lab.bootlab('server', 'list', '--json')).stdout).toContain('ACTIVE');
  }, 60_000);
});
