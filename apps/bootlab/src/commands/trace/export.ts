import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { note, printJson } from '../../cli/output';
import { writeWholeFile } from '../../cli/whole-file';
import { Traces } from '../../cloud/traces';

async function* chunks(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

export async function exportTrace(traceId: string, { output }: { output?: string }): Promise<ExitCode> {
  const document = await new Traces().jaeger(traceId);
  if (output === undefined) printJson(document);
  else {
    await writeWholeFile(output, chunks(`${JSON.stringify(document, undefined, 2)}\n`));
    note(`${output} has trace ${traceId}: open it in Jaeger UI with "Upload".`);
  }
  return exitCodes.ok;
}
