import { renderTraceHtml } from '@bootlab/scenario';
import { completeness, Level, Span } from '@bootlab/trace-model';
import { note, print } from '../../cli/output';
import { writeWholeFile } from '../../cli/whole-file';
import { traceLink } from '../../cloud/trace-link';

async function* chunks(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

/** Writes the trace as one page that needs nothing beside it, to the file or to standard output. */
export async function writeHtml(traceId: string, spans: Span[], level: Level, output?: string): Promise<void> {
  const root = spans.find(({ parentSpanId }) => parentSpanId === undefined);
  const of = root?.name ?? traceId;
  const document = renderTraceHtml({ of, traceId, link: traceLink(traceId), ...completeness(spans), spans }, level);
  if (output === undefined) print(document.trimEnd());
  else {
    await writeWholeFile(output, chunks(document));
    note(`${output} has trace ${traceId}: open it in any browser.`);
  }
}
