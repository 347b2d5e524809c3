import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { JaegerAddress, portOf } from './plan';

const DEFAULT_PAGE_PORT = 16686;
const MOST_TRACES = 100_000;

/**
 * The configuration of a Jaeger 2 that keeps traces in memory and takes OTLP and Thrift over HTTP on this machine alone.
 * Its other receivers stay off: each port more is one that may be in use.
 */
export function jaegerConfig({ url, otlp }: JaegerAddress): object {
  const page = portOf(url);
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query'],
      pipelines: {
        traces: { receivers: ['otlp', 'jaeger'], processors: ['batch'], exporters: ['jaeger_storage_exporter'] },
      },
    },
    extensions: {
      jaeger_query: {
        storage: { traces: 'main' },
        ...(page === DEFAULT_PAGE_PORT ? {} : { http: { endpoint: `localhost:${page}` } }),
      },
      jaeger_storage: { backends: { main: { memory: { max_traces: MOST_TRACES } } } },
    },
    receivers: {
      otlp: { protocols: { http: { endpoint: `localhost:${portOf(otlp)}` } } },
      jaeger: { protocols: { thrift_http: { endpoint: 'localhost:14268' } } },
    },
    processors: { batch: {} },
    exporters: { jaeger_storage_exporter: { trace_storage: 'main' } },
  };
}

/** Writes it into the lab's home and gives its path. */
export function writeJaegerConfig(home: string, address: JaegerAddress): string {
  mkdirSync(home, { recursive: true });
  const file = join(home, 'jaeger.yaml');
  writeFileSync(file, stringify(jaegerConfig(address)));
  return file;
}
