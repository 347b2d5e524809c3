import { z } from 'zod';
import { otlpRequest } from './otlp-request';
import { StartedLab, startLab } from './start-lab';

/** When the first of {@link threeTraces} starts, in ms. */
export const START_MS = 1_795_368_871_000;
/** The hours around them, as Jaeger's first API is asked. */
export const WINDOW = `start=${(START_MS - 3600_000) * 1000}&end=${(START_MS + 3600_000) * 1000}`;

/** A boot that fails in glance, one that does not, and a span that lost its parent. */
export const threeTraces = otlpRequest(
  {
    trace: 1,
    id: 1,
    kind: 2,
    name: 'POST /servers',
    at: 0,
    took: 100,
    attributes: { 'http.response.status_code': 202 },
  },
  { trace: 1, id: 2, parent: 1, kind: 3, name: 'GET', at: 10, took: 30, attributes: { 'peer.service': 'glance-api' } },
  { trace: 1, id: 3, parent: 2, kind: 2, name: 'show', service: 'glance-api', at: 12, took: 20, error: 'no image' },
  { trace: 2, id: 1, kind: 2, name: 'POST /servers', at: 1000, took: 50 },
  { trace: 3, id: 5, parent: 4, name: 'lost', service: 'registry', at: 2000 },
);

/** A lab that has {@link threeTraces}. */
export async function startWithTraces(): Promise<StartedLab> {
  const lab = await startLab();
  expect((await lab.send(threeTraces)).status).toBe(200);
  return lab;
}

/** Asks the lab; the answer has the status and fits the schema. */
export async function ask<T extends z.ZodType>(
  lab: StartedLab,
  url: string,
  schema: T,
  status = 200,
): Promise<z.infer<T>> {
  const answer = await lab.call('GET', url);
  expect([url, answer.status]).toEqual([url, status]);
  return schema.parse(JSON.parse(answer.text));
}
