import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { sheet } from '../../cli/table';
import { Servers } from '../../cloud/servers';

export async function showServer(nameOrId: string, { json = false }: { json?: boolean }): Promise<ExitCode> {
  const servers = new Servers();
  const server = await servers.get(await servers.idOf(nameOrId));
  if (json) {
    printJson(server);
    return exitCodes.ok;
  }
  const { fault } = server;
  print(
    sheet({
      ID: server.id,
      Name: server.name,
      Status: server.status,
      State: server['OS-EXT-STS:vm_state'],
      Task: server['OS-EXT-STS:task_state'] ?? undefined,
      Host: server['OS-EXT-SRV-ATTR:host'] ?? undefined,
      Image: server.image === '' ? undefined : server.image.id,
      Flavor: server.flavor.id,
      Created: server.created,
      Updated: server.updated,
      ...(fault === undefined ? {} : { Fault: `${fault.message} (${fault.code})` }),
    }),
  );
  return exitCodes.ok;
}
