import type { Assertion } from '@bootlab/scenario';
import type { CaseRun } from '../case-run';
import type { Fact } from './facts';

type Asked = NonNullable<Assertion['listed']>;

/** Whether exactly these names were listed, in any order. */
export function listedFacts(run: CaseRun, { names }: Asked, of: string | undefined): Fact[] {
  const step = of === undefined ? run.results.find(({ listed }) => listed !== undefined) : run.step(of);
  const expected = [...names].sort().join(', ');
  const found = step?.listed === undefined ? undefined : [...step.listed].sort().join(', ');
  return [
    {
      what: 'names',
      expected: expected || 'none',
      found: found === undefined ? 'no list' : found || 'none',
      ok: expected === found,
    },
  ];
}
