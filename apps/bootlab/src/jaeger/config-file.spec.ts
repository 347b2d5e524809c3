import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { jaegerConfig, writeJaegerConfig } from './config-file';

describe('jaegerConfig', () => {
  it('listens on this machine alone, where it is configured to', () => {
    const home = mkdtempSync(join(tmpdir(), 'jaeger-config-'));
    const address = { url: 'http://127.0.0.1:26686', otlp: 'http://127.0.0.1:24318' };
    const written: unknown = parse(readFileSync(writeJaegerConfig(home, address), 'utf8'));
    expect(written).toEqual(jaegerConfig(address));
    expect(written).toMatchObject({
      extensions: { jaeger_query: { http: { endpoint: 'localhost:26686' } } },
      receivers: { otlp: { protocols: { http: { endpoint: 'localhost:24318' } } } },
    });
    rmSync(home, { recursive: true });
  });

  it('opens no port that nobody asked for, and stores no traces of its own', () => {
    const config = jaegerConfig({ url: 'http://127.0.0.1:16686', otlp: 'http://127.0.0.1:4318' });
    expect(config).toMatchObject({
      service: { telemetry: { metrics: { level: 'none' } } },
      extensions: {
        jaeger_query: {
          enable_tracing: false,
          http: { endpoint: 'localhost:16686' },
          grpc: { endpoint: 'localhost:0' },
        },
      },
    });
  });
});
