import { tracing } from '@opentelemetry/sdk-node';
import { preciseNow, PreciseStartProcessor } from './precise-start.processor';

const nanos = ([seconds, rest]: [number, number]) => BigInt(seconds) * 1_000_000_000n + BigInt(rest);

describe('PreciseStartProcessor', () => {
  it('keeps the order of spans that start within one millisecond', () => {
    const exporter = new tracing.InMemorySpanExporter();
    const processors = [new PreciseStartProcessor(), new tracing.SimpleSpanProcessor(exporter)];
    const tracer = new tracing.BasicTracerProvider({ spanProcessors: processors }).getTracer('test');
    for (let i = 0; i < 20; i++) tracer.startSpan(String(i)).end();
    const spans = exporter.getFinishedSpans();
    const byStart = [...spans].sort((a, b) => Number(nanos(a.startTime) - nanos(b.startTime)));
    expect(byStart.map(({ name }) => name)).toEqual(spans.map(({ name }) => name));
    expect(new Set(spans.map(({ startTime }) => nanos(startTime))).size).toBeGreaterThan(10);
    for (const { startTime, endTime } of spans) expect(nanos(endTime) >= nanos(startTime)).toBe(true);
  });

  it('stays with the wall clock', () => {
    expect(Math.abs(Number(nanos(preciseNow()) / 1_000_000n) - Date.now())).toBeLessThan(10);
  });
});
