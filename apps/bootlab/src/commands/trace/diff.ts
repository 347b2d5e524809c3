import { describeDiff, diffTraces, Level, TraceDiff } from '@bootlab/trace-model';
import { pc } from '../../cli/colors';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { traceOf } from './diff-source';
import { diffTable } from './diff-table';

interface Options {
  level: Level;
  json?: boolean;
  /** Every row, not only those that differ. */
  all?: boolean;
}

function printDiff(diff: TraceDiff, a: string, b: string, all: boolean): void {
  print(`${pc.bold('A')} ${a}: ${diff.spanCount.a} spans`);
  print(`${pc.bold('B')} ${b}: ${diff.spanCount.b} spans`);
  print();
  for (const sentence of describeDiff(diff)) print(sentence);
  const rows = diffTable(diff, all);
  if (rows === undefined) return;
  print();
  print(rows);
}

/** Compares two traces. As `diff` does, it ends with 0 when both have the same shape and with 1 when they differ. */
export async function diffTwo(a: string, b: string, { level, json, all }: Options): Promise<ExitCode> {
  const diff = diffTraces(await traceOf(a), await traceOf(b), { level });
  if (json) printJson({ ...diff, sentences: describeDiff(diff) });
  else printDiff(diff, a, b, all === true);
  return diff.equal ? exitCodes.ok : exitCodes.failed;
}
