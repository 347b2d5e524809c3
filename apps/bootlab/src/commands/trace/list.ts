import { formatDuration } from '@bootlab/trace-model';
import { pc } from '../../cli/colors';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { note, print, printJson } from '../../cli/output';
import { table } from '../../cli/table';
import { traceLink } from '../../cloud/trace-link';
import { TraceFilter, Traces } from '../../cloud/traces';

function localTime(unixNano: string): string {
  const date = new Date(Number(BigInt(unixNano) / 1_000_000n));
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export async function listTraces({ json, ...filter }: TraceFilter & { json?: boolean }): Promise<ExitCode> {
  const traces = await new Traces().list(filter);
  if (json) printJson(traces.map((trace) => ({ ...trace, link: traceLink(trace.traceId) })));
  else if (traces.length === 0) print('There are no such traces: `bootlab boot` leaves one.');
  else {
    const rows = traces.map((trace) => [
      trace.traceId,
      localTime(trace.startTimeUnixNano),
      formatDuration(trace.durationNano),
      trace.spanCount,
      trace.errorCount === 0 ? '' : pc.red(String(trace.errorCount)),
      trace.rootService === null ? '(root not arrived)' : `${trace.rootService}: ${trace.rootName}`,
    ]);
    note(`The newest in the browser: ${traceLink(traces[0]!.traceId)}`);
    print(table(['TRACE', 'STARTED', 'TOOK', 'SPANS', 'ERRORS', 'ROOT'], rows));
  }
  return exitCodes.ok;
}
