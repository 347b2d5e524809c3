import type { Assertion, AssertionReport, Reference, TraceReport } from '@bootlab/scenario';
import { fromJaeger, JaegerDocument, referenceDocument } from '@bootlab/trace-model';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { writeWholeFile } from '../cli/whole-file';
import type { CaseRun } from './case-run';

const FOLDER = 'traces';

/** The folder of reference traces that belongs to a scenario's file: beside it, or beside the folder `scenarios` it is in. */
function folderOf(run: CaseRun): string {
  const folder = resolve(run.folder);
  const beside = join(dirname(folder), FOLDER);
  return basename(folder) === 'scenarios' || existsSync(beside) ? beside : join(folder, FOLDER);
}

/** `traces/<scenario>[.<values of the matrix>][.<step>].json`; the first trace has no step in its name. */
export function referenceFile(run: CaseRun, { shape }: Assertion, { of }: TraceReport, first: boolean): string {
  const { name } = run.scenario;
  const values = Object.values(run.loaded.case ?? {}).map((value) => String(value).replaceAll(/[^\w.-]+/g, '_'));
  const own = [name, ...values, ...(first ? [] : [of])].join('.');
  const file = typeof shape === 'string' ? shape.replace(/\.json$/, '') : own;
  return join(folderOf(run), `${basename(file)}.json`);
}

/** The spans of a reference trace, or why there are none. */
export async function readReference(file: string): Promise<Reference> {
  try {
    return fromJaeger(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return `There is no ${file}: \`--update-traces\` writes it.`;
    return `${file} is no trace of Jaeger (${(error as Error).message}): \`--update-traces\` writes it anew.`;
  }
}

/** A line for each span, so that two versions of a file can be compared. */
async function* lines({ data, ...rest }: JaegerDocument): AsyncGenerator<string> {
  const { spans, ...trace } = data[0]!;
  const head = JSON.stringify({ ...rest, data: [{ ...trace, spans: [] }] });
  yield await Promise.resolve(head.slice(0, -']}]}'.length));
  for (const [place, span] of spans.entries()) yield `${place === 0 ? '' : ','}\n${JSON.stringify(span)}`;
  yield '\n]}]}\n';
}

/** Makes a trace the reference. */
export async function writeReference(run: CaseRun, file: string, { spans }: TraceReport): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeWholeFile(file, lines(referenceDocument(run.scenario.name, spans)));
}

/** As if the reference had been this trace all along. */
export function asWritten(report: AssertionReport, file: string): AssertionReport {
  const { text: said, why, place } = report;
  return { text: `${said} (${file} was written)`, why, place, ok: true, nearest: [], excerpt: [] };
}
