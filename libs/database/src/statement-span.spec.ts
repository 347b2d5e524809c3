import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { node, tracing } from '@opentelemetry/sdk-node';
import { Kysely, sql } from 'kysely';
import { openDatabase } from '.';

interface Schema {
  images: { id: string; name: string };
}

const exporter = new tracing.InMemorySpanExporter();
const provider = new node.NodeTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)] });
let db: Kysely<Schema>;

beforeAll(async () => {
  provider.register();
  const up = async (schema: Kysely<unknown>) => {
    await schema.schema
      .createTable('images')
      .addColumn('id', 'text', (c) => c.unique())
      .addColumn('name', 'text')
      .execute();
  };
  db = await openDatabase('sqlite://', { migrations: { images: { up } } });
});

afterAll(async () => {
  await db.destroy();
  await provider.shutdown();
  trace.disable();
  context.disable();
});

async function spansOf(work: () => Promise<unknown>) {
  exporter.reset();
  const parent = trace.getTracer('spec').startSpan('request');
  await context.with(trace.setSpan(context.active(), parent), () => work().catch(() => undefined));
  const spans = exporter.getFinishedSpans();
  for (const span of spans) expect(span.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
  return spans;
}

it('makes no trace at start-up or outside of a request', async () => {
  await db.selectFrom('images').selectAll().execute();
  expect(exporter.getFinishedSpans()).toEqual([]);
});

it('describes a statement by the conventions, without values', async () => {
  const [span, ...others] = await spansOf(() =>
    db.selectFrom('images as i').select('name').where('id', '=', 'secret').execute(),
  );
  expect(others).toEqual([]);
  expect(span).toMatchObject({ name: 'SELECT images', kind: SpanKind.CLIENT, status: { code: SpanStatusCode.UNSET } });
  expect(span!.attributes).toEqual({
    'db.system.name': 'sqlite',
    'db.namespace': ':memory:',
    'db.operation.name': 'SELECT',
    'db.collection.name': 'images',
    'db.query.text': 'select "name" from "images" as "i" where "id" = ?',
    'hop.level': 'path',
  });
});

it('names each kind of statement, and leaves out what begins and ends a transaction', async () => {
  const spans = await spansOf(() =>
    db.transaction().execute(async (handle) => {
      await handle.insertInto('images').values({ id: '1', name: 'a' }).execute();
      await handle.replaceInto('images').values({ id: '1', name: 'b' }).execute();
      await handle.updateTable('images').set({ name: 'c' }).execute();
      await sql`insert or ignore into images (id) values (1)`.execute(handle);
      await sql`select count(*) from images`.execute(handle);
      await sql`pragma user_version`.execute(handle);
      await handle.deleteFrom('images').execute();
    }),
  );
  expect(spans.map(({ name }) => name)).toEqual([
    'INSERT images',
    'REPLACE images',
    'UPDATE images',
    'INSERT images',
    'SELECT images',
    'PRAGMA',
    'DELETE images',
  ]);
});

it('records an error', async () => {
  const [, failed] = await spansOf(async () => {
    await db.insertInto('images').values({ id: 'twice', name: '' }).execute();
    await db.insertInto('images').values({ id: 'twice', name: '' }).execute();
  });
  const message = 'SQLITE_CONSTRAINT: UNIQUE constraint failed: images.id';
  expect(failed).toMatchObject({ name: 'INSERT images', status: { code: SpanStatusCode.ERROR, message } });
  expect(failed!.attributes).toMatchObject({
    'error.type': 'SQLITE_CONSTRAINT',
    'db.response.status_code': 'SQLITE_CONSTRAINT',
  });
  expect(failed!.events.map(({ name }) => name)).toEqual(['exception']);
});

it('records a statement that does not even compile', async () => {
  const [failed] = await spansOf(() => sql`select * from nowhere`.execute(db));
  expect(failed).toMatchObject({ name: 'SELECT nowhere', status: { code: SpanStatusCode.ERROR } });
});
