import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { JaegerAddress, portOf } from './plan';

const MOST_TRACES = 100_000;

/**
 * The configuration of a Jaeger 2 that keeps traces in memory and takes OTLP and Thrift over HTTP on this machine alone.
 * Its other receivers and its own metrics stay off, and its gRPC API takes any port: each fixed port is one that may be in use.
 * It does not trace itself, so that what it stores is the lab's.
 */
export function jaegerConfig({ url, otlp }: JaegerAddress): object {
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query'],
      pipelines: {
        traces: { receivers: ['otlp', 'jaeger'], processors: ['batch'], exporters: ['jaeger_storage_exporter'] },
      },
      telemetry: { metrics: { level: 'none' } },
    },
    extensions: {
      jaeger_query: {
        storage: { traces: 'main' },
        enable_tracing: false,
        http: { endpoint: `localhost:${portOf(url)}` },
        grpc: { endpoint: 'localhost:0' },
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
