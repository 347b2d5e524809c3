import { serviceUrl } from '@bootlab/openstack';
import type { tracing } from '@opentelemetry/sdk-node';

const KNOWN = ['otlp', 'jaeger', 'console', 'none'];

/** Names of `OTEL_TRACES_EXPORTER`, a comma-separated list; `otlp` when unset. */
export function exporterNames(env: NodeJS.ProcessEnv = process.env): string[] {
  const names = (env['OTEL_TRACES_EXPORTER'] || 'otlp').split(',').flatMap((name) => name.trim().toLowerCase() || []);
  const unknown = names.find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    throw new Error(`OTEL_TRACES_EXPORTER has "${unknown}"; it takes a list of ${KNOWN.join(', ')}.`);
  }
  return names.includes('none') ? [] : names;
}

async function otlpExporter(env: NodeJS.ProcessEnv, lab?: string): Promise<tracing.SpanExporter> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const elsewhere = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (elsewhere) return new OTLPTraceExporter();
  return new OTLPTraceExporter({ url: `${lab ?? (await serviceUrl('lab'))}/v1/traces` });
}

async function exporter(name: string, env: NodeJS.ProcessEnv, lab?: string): Promise<tracing.SpanExporter> {
  switch (name) {
    case 'jaeger': {
      const { JaegerExporter } = await import('@opentelemetry/exporter-jaeger');
      return new JaegerExporter();
    }
    case 'console': {
      const sdk = await import('@opentelemetry/sdk-node');
      return new sdk.tracing.ConsoleSpanExporter();
    }
    default:
      return otlpExporter(env, lab);
  }
}

/**
 * One exporter for each name; OTLP goes to the lab unless the standard variables say where else.
 * @param lab URL of the trace store, where that is known better than from the configuration
 */
export async function exportersFromEnvironment(
  env: NodeJS.ProcessEnv = process.env,
  lab?: string,
): Promise<tracing.SpanExporter[]> {
  return Promise.all(exporterNames(env).map((name) => exporter(name, env, lab)));
}
