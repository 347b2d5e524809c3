import { sql } from 'kysely';
import { otlpRequest, traceId } from '../testing/otlp-request';
import { startLab } from '../testing/start-lab';
import { LAB_DATABASE, LabDatabase } from './lab-database';

it('asks to send again what finds no room, stores none of it, and goes on when there is room', async () => {
  const lab = await startLab();
  const db = lab.app.get<LabDatabase>(LAB_DATABASE);
  const pages = async (most: number) => sql.raw(`pragma max_page_count = ${most}`).execute(db);
  const large = otlpRequest({ trace: 1, id: 1, attributes: { text: 'x'.repeat(1_000_000) } });
  await pages(1); // as many as there are
  const refused = await lab.send(large);
  expect(refused.status).toBe(503);
  expect(refused.text).toContain('The spans are not stored: SQLITE_FULL');
  expect((await lab.get(`/lab/v1/traces/${traceId(1)}`)).status).toBe(404);
  await pages(1_000_000);
  expect((await lab.send(large)).status).toBe(200);
  expect((await lab.get(`/lab/v1/traces/${traceId(1)}`)).status).toBe(200);
  await lab.stop();
});
