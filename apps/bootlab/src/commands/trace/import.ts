import type { Span } from '@bootlab/trace-model';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { waysToSee } from '../../cloud/trace-link';
import { Traces } from '../../cloud/traces';
import { parseTraces } from './import-parse';
import { readSource } from './import-read';

interface Imported {
  source: string;
  traceId: string;
  spans: number;
}

function counts(source: string, spans: readonly Span[]): Imported[] {
  const byTrace = new Map<string, number>();
  for (const { traceId } of spans) byTrace.set(traceId, (byTrace.get(traceId) ?? 0) + 1);
  return [...byTrace].map(([traceId, count]) => ({ source, traceId, spans: count }));
}

/** Reads every source before anything is sent, so that a mistake in one leaves nothing half imported. */
export async function importTraces(sources: string[], { json }: { json?: boolean }): Promise<ExitCode> {
  const traces = new Traces();
  const read: { source: string; spans: Span[] }[] = [];
  for (const source of sources) read.push({ source, spans: parseTraces(await readSource(source), source) });
  const imported: Imported[] = [];
  for (const { source, spans } of read) {
    await traces.add(spans);
    imported.push(...counts(source, spans));
  }
  if (json) printJson(imported);
  else
    for (const { traceId, spans } of imported) print(`Trace ${traceId} has ${spans} spans: see ${waysToSee(traceId)}`);
  return exitCodes.ok;
}
