import { Failure } from '../../cli/failure';
import { Server, Servers } from '../../cloud/servers';
import { AwaitedTrace, Traces } from '../../cloud/traces';
import { tracesGoToLab } from '../../tracing/traced';
import { BootRequest, requestBoot } from './request-boot';
import { untilFinal } from './wait';

/** What came of a boot. */
export interface BootResult {
  /** As they were seen last. */
  servers: Server[];
  /** From the request to the last look, in seconds. */
  seconds: number;
  traceId?: string;
  /** Absent when the trace is not in the lab's store. */
  trace?: AwaitedTrace;
}

const TRACE_SECONDS = 10;

/**
 * Boots servers, waits until each is ACTIVE or in ERROR, then until their trace is complete.
 * @param timeout seconds to wait for the servers at most
 */
export async function bootServers(request: BootRequest, timeout: number): Promise<BootResult> {
  const servers = new Servers();
  const startedAt = performance.now();
  const { ids, traceId } = await requestBoot(servers, request);
  const seen = await untilFinal(servers, ids, timeout);
  const seconds = Math.round(performance.now() - startedAt) / 1000;
  const kept = traceId !== undefined && tracesGoToLab();
  return { servers: seen, seconds, traceId, trace: kept ? await wholeTrace(traceId) : undefined };
}

/** A trace store that does not answer takes nothing from the boot: the servers are what they are. */
async function wholeTrace(traceId: string): Promise<AwaitedTrace> {
  try {
    return await new Traces().complete(traceId, TRACE_SECONDS);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { traceId, complete: false, missing: [error.message], spans: [] };
  }
}
