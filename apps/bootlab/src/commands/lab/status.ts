import { labHome } from '@bootlab/openstack';
import pc from 'picocolors';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { table } from '../../cli/table';
import { isAlive, labServiceNames, LabFolders, runningLab, RunRecord, ServiceStatus } from '../../lab';

/** As the record has it, but for a process that has gone in the meantime. */
function asOfNow({ birth, ...service }: ServiceStatus): Omit<ServiceStatus, 'birth'> {
  const gone = service.state === 'up' && !isAlive({ pid: service.pid ?? 0, birth });
  return gone ? { ...service, state: 'restarting' } : service;
}

function paint(state: ServiceStatus['state']): string {
  if (state === 'up') return pc.green(state);
  return state === 'failed' ? pc.red(state) : pc.yellow(state);
}

function services(record: RunRecord | undefined): Omit<ServiceStatus, 'birth'>[] {
  if (record !== undefined && record.services.length > 0) return record.services.map(asOfNow);
  const state = record === undefined ? 'stopped' : 'waiting';
  return labServiceNames.map((name) => ({ name, state, restarts: 0 }));
}

/** Shows every service with its process and address. */
export async function status({ json = false }: { json?: boolean }): Promise<ExitCode> {
  const { home, run } = new LabFolders(labHome());
  const record = runningLab(run);
  const all = services(record);
  const state = record?.state ?? 'stopped';
  if (json) {
    printJson({ home, state, pid: record?.pid, startedAt: record?.startedAt, services: all });
  } else {
    const rows = all.map((service) => [
      service.name,
      service.pid,
      service.url,
      paint(service.state),
      service.restarts === 0 ? '' : `${service.restarts} (${service.lastExit})`,
    ]);
    print(table(['SERVICE', 'PID', 'ADDRESS', 'STATE', 'RESTARTS'], rows));
    if (record === undefined) print(`\nNo lab runs in ${home}: start one with \`bootlab up\`.`);
    else print(`\nThe lab in ${home} is ${state === 'up' ? 'up' : `${state} …`} (pid ${record.pid}).`);
  }
  return state === 'up' && all.every((service) => service.state === 'up') ? exitCodes.ok : exitCodes.notRunning;
}
