import { ProxyTracerProvider, trace, TracerProvider } from '@opentelemetry/api';
import { note } from '../cli/output';

const TIMEOUT_MS = 5_000;

type Flushing = TracerProvider & { forceFlush?: () => Promise<void> };

/** Sends the spans that have ended; says so when they cannot be sent, since the work itself is done by then. */
export async function flushSpans(): Promise<void> {
  const registered = trace.getTracerProvider();
  const provider: Flushing = registered instanceof ProxyTracerProvider ? registered.getDelegate() : registered;
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`not within ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS).unref();
  });
  try {
    await Promise.race([provider.forceFlush?.(), late]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    note(`The command's own spans could not be sent (${reason}): see \`bootlab logs lab\`.`);
  }
}
