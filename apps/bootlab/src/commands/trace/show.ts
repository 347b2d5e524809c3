import { completeness, Level } from '@bootlab/trace-model';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { Traces } from '../../cloud/traces';
import { waterfall } from './waterfall';

export async function showTrace(traceId: string, { level, json }: { level: Level; json?: boolean }): Promise<ExitCode> {
  const spans = await new Traces().spans(traceId);
  if (json) printJson({ traceId, ...completeness(spans), spans });
  else for (const line of waterfall(spans, level)) print(line);
  return exitCodes.ok;
}
