import { projectRoot } from '@bootlab/openstack';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { table } from '../../cli/table';
import { runManageScript } from './manage-script';

/** Which process looks after which database. */
const owners = { nova: 'conductor', glance: 'registry' } as const;
type ServiceName = keyof typeof owners;

interface Options {
  service?: ServiceName;
  json?: boolean;
}

async function manage(task: 'sync' | 'version', { service, json = false }: Options): Promise<ExitCode> {
  const names = service === undefined ? (Object.keys(owners) as ServiceName[]) : [service];
  const states = [];
  for (const name of names) {
    const script = `${projectRoot()}/dist/apps/${owners[name]}/src/cmd/manage/main.js`;
    states.push({ service: name, ...(await runManageScript(name, script, task)) });
  }
  if (json) printJson(states);
  else {
    const rows = states.map(({ service, database, version }) => [service, database, version ?? 'none']);
    print(table(['SERVICE', 'DATABASE', 'VERSION'], rows));
  }
  return exitCodes.ok;
}

export const syncDatabases = (options: Options) => manage('sync', options);
export const showVersions = (options: Options) => manage('version', options);
