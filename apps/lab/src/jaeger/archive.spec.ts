import { JaegerDocument } from '@bootlab/trace-model';
import { otlpRequest } from '../testing/otlp-request';
import { startLab } from '../testing/start-lab';
import { WINDOW } from '../testing/three-traces';

describe('POST /api/archive/{id}', () => {
  it('keeps a trace for good, over a restart too', async () => {
    const first = await startLab({ maxTraces: 2 });
    await first.send(otlpRequest({ trace: 1, id: 1 }));
    expect(await first.call('POST', '/api/archive/1')).toMatchObject({
      status: 200,
      text: '{"data":[],"total":0,"limit":0,"offset":0,"errors":[]}',
    });
    expect((await first.call('POST', '/api/archive/1')).status).toBe(200);
    expect((await first.call('POST', '/api/archive/9')).status).toBe(404);
    await first.stop({ keep: true });
    const second = await startLab({ connection: first.connection, maxTraces: 2 });
    // More than tags are dropped at once, and than origins are promised to outlive.
    for (let trace = 2; trace < 1400; trace += 100) {
      await second.send(otlpRequest(...Array.from({ length: 100 }, (_, index) => ({ trace: trace + index, id: 1 }))));
    }
    const ids = (await second.get<JaegerDocument>(`/api/traces?service=compute-api&tag=host.name:node1&${WINDOW}`)).body
      .data;
    expect(ids.map(({ traceID }) => parseInt(traceID, 16))).toEqual([1401, 1400, 1]);
    await second.stop();
    await first.stop();
  });
});
