import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print } from '../../cli/output';
import { Servers } from '../../cloud/servers';

export async function deleteServers(namesOrIds: string[]): Promise<ExitCode> {
  const servers = new Servers();
  for (const nameOrId of namesOrIds) {
    const id = await servers.idOf(nameOrId);
    await servers.delete(id);
    print(`Server ${id} is being deleted.`);
  }
  return exitCodes.ok;
}
