import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { table } from '../../cli/table';
import { Servers } from '../../cloud/servers';

export async function listServers({ json = false }: { json?: boolean }): Promise<ExitCode> {
  const servers = await new Servers().list();
  if (json) printJson(servers);
  else if (servers.length === 0) print('There are no servers: boot one with `bootlab boot`.');
  else {
    const rows = servers.map((server) => [
      server.id,
      server.name,
      server.status,
      server['OS-EXT-STS:task_state'] ?? undefined,
      server.image === '' ? undefined : server.image.id,
      server.flavor.id,
      server.created,
    ]);
    print(table(['ID', 'NAME', 'STATUS', 'TASK', 'IMAGE', 'FLAVOR', 'CREATED'], rows));
  }
  return exitCodes.ok;
}
