import { Assertion, AssertionReport, checkTrace, describeAssertion, TraceReport, traceKeyOf } from '@bootlab/scenario';
import type { CaseRun } from './case-run';
import { fill } from './fill';
import { asWritten, readReference, referenceFile, writeReference } from './reference';
import { checkState } from './state/check-state';

const NOT_ASKED = 'The assertion compares with no reference.';

function noTrace(assertion: Assertion, place: string): AssertionReport {
  const { of } = assertion;
  const found = of === undefined ? 'no step left one' : `step ${of} left none`;
  return {
    text: describeAssertion(assertion),
    why: assertion.why,
    place,
    ok: false,
    expected: 'a trace',
    found,
    nearest: [],
    excerpt: [],
  };
}

/** Judges every assertion, in the order of the file. */
export async function checkAll(
  run: CaseRun,
  traces: readonly TraceReport[],
  updateTraces: boolean,
): Promise<AssertionReport[]> {
  const reports: AssertionReport[] = [];
  const unlike: { index: number; file: string; trace: TraceReport }[] = [];
  for (const [index, assertion] of run.scenario.then.entries()) {
    const place = run.loaded.placeOf(['then', index]);
    if (traceKeyOf(assertion) === undefined) {
      reports.push(await checkState(run, assertion, place));
      continue;
    }
    const trace = assertion.of === undefined ? traces[0] : traces.find(({ of }) => of === assertion.of);
    if (trace === undefined) {
      reports.push(noTrace(assertion, place));
      continue;
    }
    const file = referenceFile(run, assertion, trace, trace === traces[0]);
    const reference = assertion.shape === undefined ? NOT_ASKED : await readReference(file);
    const report = checkTrace(fill(run, assertion), place, trace, reference);
    if (assertion.shape !== undefined && !report.ok) unlike.push({ index, file, trace });
    reports.push(report);
  }
  const onlyShapes = reports.every(({ ok }, index) => ok || unlike.some((one) => one.index === index));
  if (!updateTraces || !onlyShapes) return reports;
  for (const { index, file, trace } of unlike) {
    await writeReference(run, file, trace);
    reports[index] = asWritten(reports[index]!, file);
  }
  return reports;
}
