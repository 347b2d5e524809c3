import type { Assertion } from '@bootlab/scenario';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { Server, Servers } from '../../cloud/servers';
import type { CaseRun } from '../case-run';
import { equal, Fact, textIn } from './facts';

type Asked = NonNullable<Assertion['server']>;

type Seen = Partial<Server>;

function factsOf({ status, task_state: task, fault }: Asked, server: Seen): Fact[] {
  return [
    ...(status === undefined ? [] : [equal('status', status, server.status)]),
    ...(task === undefined ? [] : [equal('task_state', task, server['OS-EXT-STS:task_state'])]),
    ...(fault?.code === undefined ? [] : [equal('fault code', fault.code, server.fault?.code)]),
    ...(fault?.message === undefined ? [] : [textIn('fault message', fault.message, server.fault?.message)]),
  ];
}

/** A server that is gone is deleted, as nova shows it to an administrator. */
async function stateOf(id: string): Promise<Seen> {
  try {
    return await new Servers().get(id, { quiet: true });
  } catch (error) {
    if (error instanceof Failure && error.exitCode === exitCodes.notFound) return { status: 'DELETED' };
    throw error;
  }
}

/** What the servers of a boot are like now; each of them counts. */
export async function serverFacts(run: CaseRun, asked: Asked, of: string | undefined): Promise<Fact[]> {
  const boots = run.results.filter(({ kind }) => kind === 'boot');
  const step = of === undefined ? boots[0] : run.step(of);
  const ids = step?.servers ?? [];
  if (ids.length === 0) {
    const found = step === undefined ? 'there was no boot' : `there is no server: ${step.outcome}`;
    return [{ what: '', expected: 'a server', found, ok: false }];
  }
  const seen = await Promise.all(ids.map(stateOf));
  return seen.flatMap((server) => factsOf(asked, server));
}
