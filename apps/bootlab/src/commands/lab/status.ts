import { labHome } from '@bootlab/openstack';
import { pc } from '../../cli/colors';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { table } from '../../cli/table';
import { isAlive, labServiceNames, LabFolders, runningLab, RunRecord, ServiceStatus } from '../../lab';
import { describeForward, forwardStatus } from './forward-status';

type Row = Omit<ServiceStatus, 'name' | 'birth'> & { service: string };

/** As the record has it, but for a process that has gone in the meantime. */
function asOfNow({ name, birth, ...rest }: ServiceStatus): Row {
  const gone = rest.state === 'up' && !isAlive({ pid: rest.pid ?? 0, birth });
  return { service: name, ...rest, state: gone ? 'restarting' : rest.state };
}

function paint(state: ServiceStatus['state']): string {
  if (state === 'up') return pc.green(state);
  return state === 'failed' ? pc.red(state) : pc.yellow(state);
}

function rows(record: RunRecord | undefined): Row[] {
  if (record !== undefined && record.services.length > 0) return record.services.map(asOfNow);
  const state = record === undefined ? 'stopped' : 'waiting';
  return labServiceNames.map((service) => ({ service, state, restarts: 0 }));
}

/** Shows every service with its process and address. */
export async function status({ json = false }: { json?: boolean }): Promise<ExitCode> {
  const { home, run } = new LabFolders(labHome());
  const record = runningLab(run);
  const services = rows(record);
  const state = record?.state ?? 'stopped';
  const labUrl = services.find((row) => row.service === 'lab' && row.state === 'up')?.url;
  const forward = labUrl === undefined ? undefined : await forwardStatus(labUrl);
  if (json) {
    printJson({ home, state, pid: record?.pid, startedAt: record?.startedAt, services, forward });
  } else {
    const cells = services.map((row) => [
      row.service,
      row.pid,
      row.url,
      paint(row.state),
      row.restarts === 0 ? '' : `${row.restarts} (${row.lastExit})`,
    ]);
    print(table(['SERVICE', 'PID', 'ADDRESS', 'STATE', 'RESTARTS'], cells));
    if (record === undefined) print(`\nNo lab runs in ${home}: start one with \`bootlab up\`.`);
    else print(`\nThe lab in ${home} is ${state === 'up' ? 'up' : `${state} …`} (pid ${record.pid}).`);
    if (forward !== undefined) print(describeForward(forward));
  }
  return state === 'up' && services.every((row) => row.state === 'up') ? exitCodes.ok : exitCodes.notRunning;
}
