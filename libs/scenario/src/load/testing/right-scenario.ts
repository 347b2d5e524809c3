import { stringify } from 'yaml';
import { loadScenario } from '../load-scenario';
import { formatProblem } from '../problem';

/** A scenario without a mistake. */
export const RIGHT = {
  name: 'x',
  title: 'A boot',
  about: 'It boots.',
  given: { images: { cirros: { size: '1 MiB' } } },
  when: [{ boot: { image: 'cirros' } }],
  then: [{ server: { status: 'ACTIVE' } }],
};

/** What is said of the file `x.yaml` with this text, each with its place. */
export function problems(text: string | Buffer): string[] {
  return loadScenario('x.yaml', text).problems.map(formatProblem);
}

/** The problems of a scenario that is right but for what is given. */
export function problemsWith(changes: object): string[] {
  return problems(stringify({ ...RIGHT, ...changes })).map((line) => line.replace(/^x\.yaml:\d+:\d+: /, ''));
}
