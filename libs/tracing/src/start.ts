import { recordDownTo } from '@bootlab/hop';
import { labConf, loadConf } from '@bootlab/openstack';
import { hostname } from 'node:os';
import { exporterNames, exportersFromEnvironment } from './exporters';
import { PreciseStartProcessor } from './precise-start.processor';
import { RequestContextProcessor } from './request-context.processor';

const FLUSH_EVERY_MS = 100;
const LARGEST_BATCH = 2048;
const LARGEST_QUEUE = 65536;

export interface Tracing {
  /** Sends the spans that have ended. */
  flush(): Promise<void>;
  /** Sends what is waiting and stops. */
  stop(): Promise<void>;
}

/**
 * Starts traces (and nothing else) for this process. Must run before the modules it instruments are loaded.
 * @param service `service.name` of every span of this process
 * @param host `host.name`; tells apart the compute hosts of one machine
 * @param lab URL of the trace store, where that is known better than from the configuration
 */
export async function startTracing(service: string, host: string = hostname(), lab?: string): Promise<Tracing> {
  recordDownTo(loadConf(labConf).lab.level);
  if (exporterNames().length === 0) return { flush: () => Promise.resolve(), stop: () => Promise.resolve() };
  // Loaded only where there is something to trace: the SDK takes 30 MiB.
  const { NodeSDK, resources, tracing } = await import('@opentelemetry/sdk-node');
  const { httpInstrumentations } = await import('./instrumentations');
  const batches = (await exportersFromEnvironment(process.env, lab)).map(
    (exporter) =>
      new tracing.BatchSpanProcessor(exporter, {
        scheduledDelayMillis: FLUSH_EVERY_MS,
        maxExportBatchSize: LARGEST_BATCH,
        maxQueueSize: LARGEST_QUEUE,
      }),
  );
  const sdk = new NodeSDK({
    autoDetectResources: false,
    resource: resources.resourceFromAttributes({
      'service.name': service,
      'host.name': host,
      'process.pid': process.pid,
    }),
    spanProcessors: [new PreciseStartProcessor(), new RequestContextProcessor(), ...batches],
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: httpInstrumentations(),
  });
  sdk.start();
  // Loaded once more, so that the server is instrumented even when something loaded it before.
  await import('node:http');
  return {
    flush: async () => void (await Promise.all(batches.map((batch) => batch.forceFlush()))),
    stop: () => sdk.shutdown(),
  };
}
