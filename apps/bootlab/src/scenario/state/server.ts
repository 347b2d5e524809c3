import type { Assertion } from '@bootlab/scenario';
import { Server, Servers } from '../../cloud/servers';
import type { CaseRun } from '../case-run';
import { equal, Fact, textIn } from './facts';

type Asked = NonNullable<Assertion['server']>;

function factsOf({ status, task_state: task, fault }: Asked, server: Server): Fact[] {
  return [
    ...(status === undefined ? [] : [equal('status', status, server.status)]),
    ...(task === undefined ? [] : [equal('task_state', task, server['OS-EXT-STS:task_state'])]),
    ...(fault?.code === undefined ? [] : [equal('fault code', fault.code, server.fault?.code)]),
    ...(fault?.message === undefined ? [] : [textIn('fault message', fault.message, server.fault?.message)]),
  ];
}

/** What the servers of a boot are like now; each of them counts. */
export async function serverFacts(run: CaseRun, asked: Asked, of: string | undefined): Promise<Fact[]> {
  const boots = run.results.filter(({ kind }) => kind === 'boot');
  const step = of === undefined ? boots[0] : run.step(of);
  const ids = step?.servers ?? [];
  if (ids.length === 0) {
    const found = step === undefined ? 'there was no boot' : `there is no server: ${step.outcome}`;
    return [{ what: 'server', expected: 'a server', found, ok: false }];
  }
  const servers = new Servers();
  const seen = await Promise.all(ids.map((id) => servers.get(id, { quiet: true })));
  return seen.flatMap((server) => factsOf(asked, server));
}
