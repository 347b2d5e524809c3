import { fromJaeger, spansFromOtlp } from '@bootlab/trace-model';
import { z } from 'zod';
import { structured, trace } from '../testing/jaeger-schemas';
import { otlpRequest } from '../testing/otlp-request';
import { StartedLab, startLab } from '../testing/start-lab';

let lab: StartedLab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.stop());

describe('POST /api/transform', () => {
  it('gives what was sent as Jaeger JSON and stores nothing', async () => {
    const sent = otlpRequest({ trace: 70, id: 1, kind: 2 }, { trace: 71, id: 1 });
    const answer = await lab.call('POST', '/api/transform', JSON.stringify(sent));
    const { data } = structured(z.array(trace)).parse(JSON.parse(answer.text));
    expect(fromJaeger({ data })).toEqual(spansFromOtlp(sent));
    expect((await lab.call('GET', '/api/traces/70')).status).toBe(404);
  });

  it.each(['', '{', '[]', '{"resourceSpans":7}'])('refuses %j', async (body) => {
    const { status, text } = await lab.call('POST', '/api/transform', body, { 'content-type': 'text/plain' });
    expect(status).toBe(400);
    expect(structured(z.null()).parse(JSON.parse(text)).errors).toHaveLength(1);
  });
});
