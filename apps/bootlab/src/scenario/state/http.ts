import type { Assertion } from '@bootlab/scenario';
import type { CaseRun, StepResult } from '../case-run';
import { equal, Fact, textIn } from './facts';

type Asked = NonNullable<Assertion['http']>;

const FIRST_ERROR = 400;

/** The step that is meant when none is named: the first that was refused, else the first that had an answer. */
function defaultStep(run: CaseRun): StepResult | undefined {
  const answered = run.results.filter(({ http }) => http !== undefined);
  return answered.find(({ http }) => http!.status >= FIRST_ERROR) ?? answered[0];
}

export function httpFacts(run: CaseRun, { status, message, headers = {} }: Asked, of: string | undefined): Fact[] {
  const step = of === undefined ? defaultStep(run) : run.step(of);
  const http = step?.http;
  if (http === undefined) {
    return [{ what: '', expected: 'an answer over HTTP', found: step?.outcome ?? 'no step asked for one', ok: false }];
  }
  return [
    ...(status === undefined ? [] : [equal('status', status, http.status)]),
    ...(message === undefined ? [] : [textIn('message', message, http.message)]),
    ...Object.entries(headers).map(([name, text]) => textIn(`header ${name}`, text, http.headers[name.toLowerCase()])),
  ];
}
