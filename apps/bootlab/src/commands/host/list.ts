import { pc } from '../../cli/colors';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { table } from '../../cli/table';
import { hosts } from '../../cloud/hosts';

export async function listHosts({ json = false }: { json?: boolean }): Promise<ExitCode> {
  const all = await hosts();
  if (json) printJson(all);
  else if (all.length === 0) print('No compute host has registered: see `bootlab status`.');
  else {
    const rows = all.map((host) => [
      host.name,
      host.state === 'up' ? pc.green(host.state) : pc.red(host.state),
      host.status,
      host.servers,
      `${host.vcpus_used}/${host.vcpus}`,
      `${host.memory_mb_used}/${host.memory_mb}`,
      `${host.local_gb_used}/${host.local_gb}`,
      host.last_report,
    ]);
    print(table(['HOST', 'STATE', 'STATUS', 'SERVERS', 'VCPUS', 'MEMORY MB', 'DISK GB', 'LAST REPORT'], rows));
  }
  return exitCodes.ok;
}
