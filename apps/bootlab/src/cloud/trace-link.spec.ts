import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeJaegerRecord, writeJaegerRecord } from '../jaeger/run-record';
import { traceLink, waysToSee } from './trace-link';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const MINE = ['BOOTLAB_HOME', 'BOOTLAB_LAB__LAB__PORT', 'BOOTLAB_LAB__LAB__FORWARD_TO', 'OTEL_TRACES_EXPORTER'];

describe('traceLink', () => {
  const before = Object.fromEntries(MINE.map((name) => [name, process.env[name]]));
  const home = mkdtempSync(join(tmpdir(), 'trace-link-'));

  beforeEach(() => {
    mkdirSync(join(home, 'run'), { recursive: true });
    Object.assign(process.env, { BOOTLAB_HOME: home, BOOTLAB_LAB__LAB__PORT: '18080' });
  });
  afterEach(() => {
    removeJaegerRecord(home);
    for (const name of MINE) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });
  afterAll(() => rmSync(home, { recursive: true }));

  const record = (pid: number, withLab = true) =>
    writeJaegerRecord(home, {
      pid,
      startedAt: '2026-01-01T00:00:00.000Z',
      source: 'binary',
      url: 'http://jaeger:1',
      otlp: 'http://jaeger:2',
      withLab,
    });

  it("is the lab's own page where there is no Jaeger", () => {
    expect(traceLink(ID)).toBe(`http://127.0.0.1:18080/trace/${ID}`);
    expect(traceLink(ID, { spanId: SPAN })).toBe(`http://127.0.0.1:18080/trace/${ID}?span=${SPAN}`);
  });

  it('is the page of the Jaeger that runs for this home', () => {
    record(process.pid);
    expect(traceLink(ID)).toBe(`http://jaeger:1/trace/${ID}`);
    expect(traceLink(ID, { spanId: SPAN })).toBe(`http://jaeger:1/trace/${ID}?uiFind=${SPAN}`);
    expect(waysToSee(ID)).toBe(`\`bootlab trace show ${ID}\` or http://jaeger:1/trace/${ID}`);
  });

  it.each([
    ['2025-12-31', 'http://127.0.0.1:18080'],
    ['2026-01-02', 'http://jaeger:1'],
  ])('is the page of a Jaeger of its own when a lab of %s gives it its traces: %s', (started, base) => {
    record(process.pid, false);
    const lab = { pid: process.pid, startedAt: `${started}T00:00:00.000Z`, state: 'up', services: [] };
    writeFileSync(join(home, 'run/supervisor.json'), JSON.stringify(lab));
    expect(traceLink(ID)).toBe(`${base}/trace/${ID}`);
    rmSync(join(home, 'run/supervisor.json'));
  });

  it('forgets a Jaeger that has gone', () => {
    record(2 ** 30);
    expect(traceLink(ID)).toContain(':18080/');
  });

  it.each([
    ['BOOTLAB_LAB__LAB__FORWARD_TO', 'http://127.0.0.1:4318'],
    ['OTEL_TRACES_EXPORTER', 'otlp,jaeger'],
  ])('is the configured page when %s sends traces to a Jaeger', (name, value) => {
    process.env[name] = value;
    expect(traceLink(ID)).toBe(`http://127.0.0.1:16686/trace/${ID}`);
  });

  it('names the command alone when the trace is on no page', () => {
    process.env['OTEL_TRACES_EXPORTER'] = 'console';
    expect(waysToSee(ID)).toBe(`\`bootlab trace show ${ID}\``);
  });
});
