import { z } from 'zod';
import { count, dependencies, metrics, structured } from '../testing/jaeger-schemas';
import { traceId } from '../testing/otlp-request';
import { StartedLab } from '../testing/start-lab';
import { ask, START_MS, startWithTraces } from '../testing/three-traces';

let lab: StartedLab;
beforeAll(async () => {
  lab = await startWithTraces();
});
afterAll(() => lab.stop());

describe.each(['', '/jaeger'])('who calls whom, and how fast, below "%s"', (base) => {
  it('tells who calls whom', async () => {
    const link = z.strictObject({ parent: z.string(), child: z.string(), callCount: count });
    const url = `${base}/api/dependencies?endTs=${START_MS + 60_000}&lookback=120000`;
    const links = [{ parent: 'compute-api', child: 'glance-api', callCount: 1 }];
    expect(await ask(lab, url, structured(z.array(link)))).toMatchObject({ data: links });
    expect(await ask(lab, `${url}&service=glance-api`, structured(z.array(link)))).toMatchObject({ data: links });
    expect(await ask(lab, `${base}/api/dependencies?endTs=${START_MS}`, structured(z.array(link)))).toMatchObject({
      data: [],
    });
    const paths = await ask(
      lab,
      `${base}/analytics/v1/dependencies?service=glance-api&operation=&start=0&end=0`,
      dependencies,
    );
    expect(paths.dependencies).toEqual([
      {
        path: [
          { service: 'compute-api', operation: 'POST /servers' },
          { service: 'glance-api', operation: 'show' },
        ],
        attributes: [{ key: 'exemplar_trace_id', value: traceId(1) }],
      },
    ]);
  });

  const asked = `service=compute-api&endTs=${START_MS + 60_000}&lookback=120000&step=60000&ratePer=60000&spanKind=server`;

  it.each([
    ['latencies?quantile=0.5&', 'service_latencies', 50],
    ['latencies?quantile=0.95&', 'service_latencies', 100],
    ['calls?', 'service_call_rate', 2 / 60],
    ['errors?', 'service_error_rate', 0],
  ])('measures %s', async (path, name, value) => {
    const answer = await ask(lab, `${base}/api/metrics/${path}${asked}`, metrics);
    expect(answer.name).toBe(name);
    expect(answer.metrics[0]!.labels[0]).toEqual({ name: 'service_name', value: 'compute-api' });
    expect(answer.metrics[0]!.metricPoints.at(-1)).toEqual({
      gaugeValue: { doubleValue: value },
      timestamp: new Date(START_MS + 60_000).toISOString().replace('.000', ''),
    });
    const grouped = await ask(lab, `${base}/api/metrics/${path}${asked}&groupByOperation=true`, metrics);
    expect(grouped.name).toBe(name.replace('service_', 'service_operation_'));
    expect(grouped.metrics[0]!.labels).toContainEqual({ name: 'operation', value: 'POST /servers' });
  });
});
