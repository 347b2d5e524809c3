import { envVariable, HttpService, listenAddress } from '@bootlab/openstack';

/** Failures that another port mends; any other lies in the address. */
const PORT_FAILURES = ['EADDRINUSE', 'EACCES'];

/** Why a service cannot listen where the configuration says, and which option to change. */
export function listenError(service: HttpService, { code = '' }: NodeJS.ErrnoException): Error {
  const { host, port, file, section, hostOption, portOption } = listenAddress(service);
  const name = PORT_FAILURES.includes(code) ? portOption : hostOption;
  const set = `set ${name} in [${section}] of ${file} or ${envVariable(file, section, name)}`;
  const what =
    code === 'EADDRINUSE'
      ? `port ${port} on ${host} is in use. Stop the program that has it, or ${set}.`
      : code === 'EACCES'
        ? `it may not listen on port ${port}. To use another one, ${set}.`
        : `it cannot listen on ${host} (${code}). ${set.replace('set', 'Set')} to an address of this machine.`;
  return new Error(`${service} cannot start: ${what}`);
}
