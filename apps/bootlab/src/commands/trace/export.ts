import { Level, Span, toCsv, toDot, toJaeger, toMermaid, toOtlp } from '@bootlab/trace-model';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { note } from '../../cli/output';
import { writeWholeFile } from '../../cli/whole-file';
import { Traces } from '../../cloud/traces';

export type ExportFormat = 'jaeger' | 'otlp' | 'csv' | 'mermaid' | 'dot';

interface ExportOptions {
  format: ExportFormat;
  /** Standard output when left out. */
  output?: string;
  /** Of a sequence diagram. */
  level: Level;
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

const writers: Record<ExportFormat, (spans: Span[], level: Level) => string> = {
  jaeger: (spans) => json(toJaeger(spans, { raw: true })),
  otlp: (spans) => json(toOtlp(spans)),
  csv: (spans) => toCsv(spans),
  mermaid: (spans, level) => toMermaid(spans, level),
  dot: (spans) => toDot(spans),
};

const uses: Record<ExportFormat, string> = {
  jaeger: 'open it in Jaeger UI with "Upload".',
  otlp: '`bootlab trace import` and every OTLP receiver take it.',
  csv: 'open it in a spreadsheet.',
  mermaid: 'Mermaid draws it, as on GitHub in a block ```mermaid.',
  dot: 'Graphviz draws it: dot -Tsvg.',
};

async function* chunks(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

export async function exportTrace(traceId: string, { format, output, level }: ExportOptions): Promise<ExitCode> {
  const text = writers[format](await new Traces().spans(traceId), level);
  if (output === undefined) process.stdout.write(text);
  else {
    await writeWholeFile(output, chunks(text));
    note(`${output} has trace ${traceId}: ${uses[format]}`);
  }
  return exitCodes.ok;
}
