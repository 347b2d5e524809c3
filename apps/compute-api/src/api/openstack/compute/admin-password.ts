import { hop } from '@bootlab/hop';
import { randomInt } from 'node:crypto';

/** One of each kind is in every password; nothing that reads like something else. */
const KINDS = ['23456789', 'ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz'];
const LENGTH = 12;

/** The password that came with the request, or a new one. */
export const getServerAdminPassword = hop(
  'nova.api.openstack.compute.servers.ServersController._get_server_admin_password',
  function getServerAdminPassword(given: string | undefined): string {
    return given ?? generatePassword();
  },
);

function generatePassword(): string {
  const all = KINDS.join('');
  const symbols = Array.from({ length: LENGTH }, (_, index) => pick(KINDS[index] ?? all));
  for (let last = symbols.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [symbols[last], symbols[other]] = [symbols[other]!, symbols[last]!];
  }
  return symbols.join('');
}

function pick(symbols: string): string {
  return symbols[randomInt(symbols.length)]!;
}
