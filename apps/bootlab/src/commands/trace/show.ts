import { completeness, Level } from '@bootlab/trace-model';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { Traces } from '../../cloud/traces';
import { writeHtml } from './show-html';
import { waterfall } from './waterfall';

interface ShowOptions {
  level: Level;
  json?: boolean;
  html?: boolean;
  output?: string;
}

export async function showTrace(traceId: string, { level, json, html, output }: ShowOptions): Promise<ExitCode> {
  const spans = await new Traces().spans(traceId);
  if (html) await writeHtml(traceId, spans, level, output);
  else if (json) printJson({ traceId, ...completeness(spans), spans });
  else for (const line of waterfall(spans, level)) print(line);
  return exitCodes.ok;
}
