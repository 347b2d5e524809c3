import { Result, RunReport, scenarioLabel, ScenarioReport } from '@bootlab/scenario';
import { compareShapes, shapeOf } from '@bootlab/trace-model';
import { table } from '../../cli/table';

function grouped<T>(things: readonly T[], key: (thing: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const thing of things) groups.set(key(thing), [...(groups.get(key(thing)) ?? []), thing]);
  return [...groups.values()];
}

/** One table for each scenario with a matrix: a row for each of its cases. */
function matrixTables(scenarios: readonly ScenarioReport[]): string[] {
  const cases = grouped(
    scenarios.filter(({ case: values }) => values !== undefined),
    ({ file }) => file,
  );
  return cases.flatMap((reports) => {
    const keys = Object.keys(reports[0]!.case!);
    const repeated = reports[0]!.repeat !== undefined;
    const rows = reports.map(({ case: values, repeat, result, seconds, steps, traces }) => [
      ...keys.map((key) => String(values![key])),
      ...(repeated ? [repeat] : []),
      result,
      `${seconds.toFixed(2)} s`,
      steps.map(({ outcome }) => outcome).join('; '),
      traces[0]?.traceId,
    ]);
    return [
      '',
      reports[0]!.title,
      table(
        [...keys.map((key) => key.toUpperCase()), ...(repeated ? ['RUN'] : []), 'RESULT', 'TIME', 'OUTCOME', 'TRACE'],
        rows,
      ),
    ];
  });
}

function difference(one: ScenarioReport, other: ScenarioReport): string | undefined {
  for (const { of, spans } of one.traces) {
    const second = other.traces.find((trace) => trace.of === of);
    if (second === undefined) return `step ${of} left no trace`;
    const { equal, differences } = compareShapes(shapeOf(spans), shapeOf(second.spans));
    if (!equal) return `in the trace of ${of}: ${differences[0]}`;
  }
  return undefined;
}

/** For each scenario that ran several times, whether its traces had the same shape each time. */
function repeats(scenarios: readonly ScenarioReport[]): string[] {
  const ran = scenarios.filter(({ repeat, traces }) => repeat !== undefined && traces.length > 0);
  return grouped(ran, ({ file, case: values }) => JSON.stringify([file, values])).flatMap(([first, ...others]) => {
    if (others.length === 0) return [];
    const label = scenarioLabel({ ...first!, repeat: undefined });
    const odd = others.flatMap((other) => {
      const where = difference(first!, other);
      return where === undefined ? [] : [`${label}: run ${other.repeat} differs from run ${first!.repeat} ${where}`];
    });
    return odd.length > 0 ? odd : [`${label}: the same shape in all ${others.length + 1} runs`];
  });
}

const order: Result[] = ['passed', 'failed', 'broken', 'skipped'];

/** What stands below the last scenario. */
export function summary({ scenarios, seconds, seed }: RunReport): string[] {
  const counts = order.flatMap((result) => {
    const count = scenarios.filter((report) => report.result === result).length;
    return count === 0 ? [] : [`${count} ${result}`];
  });
  const repeated = repeats(scenarios);
  return [
    ...matrixTables(scenarios),
    ...(repeated.length === 0 ? [] : ['', ...repeated]),
    '',
    `${counts.join(', ') || 'Nothing ran'} in ${seconds.toFixed(1)} s. Seed ${seed}.`,
  ];
}
