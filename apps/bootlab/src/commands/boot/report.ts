import { pc } from '../../cli/colors';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { note, print } from '../../cli/output';
import type { Server } from '../../cloud/servers';
import { waysToSee } from '../../cloud/trace-link';
import type { BootResult } from './boot-servers';
import { isFinal } from './wait';

/** A server as far as the result of a boot goes. */
export function brief({ id, name, status, fault }: Server): Pick<Server, 'id' | 'name' | 'status' | 'fault'> {
  return { id, name, status, ...(fault === undefined ? {} : { fault }) };
}

function sentence(server: Server): string {
  const { id, name, status, fault } = server;
  const which = `Server ${name} (${id})`;
  if (status === 'ACTIVE') return `${which} is ${pc.green(status)}.`;
  if (status === 'ERROR') return `${which} is in ${pc.red(status)}: ${fault?.message ?? 'no fault is recorded'}`;
  const task = server['OS-EXT-STS:task_state'];
  return `${which} is still ${pc.yellow(status)}${task ? ` (${task})` : ''}.`;
}

/** Prints the state of each server, and about the trace how to see it and what is missing. */
export function reportBoot({ servers, seconds, traceId, trace }: BootResult): void {
  for (const server of servers) print(sentence(server));
  print(`It took ${seconds.toFixed(2)} s.`);
  if (traceId === undefined) return;
  const size = trace === undefined ? '' : ` has ${trace.spans.length} spans`;
  print(`Trace ${traceId}${size}: see ${waysToSee(traceId)}`);
  for (const missing of trace?.missing ?? []) note(pc.yellow(`The trace is not complete. ${missing}`));
}

/** 0 when all are ACTIVE, 1 when one is in ERROR, else 5 for one that is not finished. */
export function bootExitCode({ servers }: Pick<BootResult, 'servers'>): ExitCode {
  if (servers.some(({ status }) => status === 'ERROR')) return exitCodes.failed;
  return servers.every(isFinal) ? exitCodes.ok : exitCodes.timedOut;
}
