import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { table } from '../../cli/table';
import { flavors } from '../../cloud/flavors';

export async function listFlavors({ json = false }: { json?: boolean }): Promise<ExitCode> {
  const all = await flavors();
  if (json) printJson(all);
  else {
    const rows = all.map(({ id, name, vcpus, ram, disk }) => [id, name, vcpus, ram, disk]);
    print(table(['ID', 'NAME', 'VCPUS', 'MEMORY (MB)', 'DISK (GiB)'], rows));
  }
  return exitCodes.ok;
}
