import { httpUrl, labConf, listenAddress, loadConf } from '@bootlab/openstack';

/**
 * Base URL of the receiver that `forward_to` names; empty for none.
 * @throws Error in one sentence for what is no address, or is the trace store itself
 */
export function forwardTarget(): string {
  const to = loadConf(labConf).lab.forward_to;
  if (to === '') return to;
  if (!/^https?:\/\//.test(to) || !URL.canParse(to)) {
    throw new Error(`forward_to in [lab] of lab.conf is "${to}"; it takes an address such as http://127.0.0.1:4318.`);
  }
  const { host, port } = listenAddress('lab');
  if (new URL(to).origin === httpUrl(host, port)) {
    throw new Error(`forward_to in [lab] of lab.conf is ${to}, the trace store itself; name another receiver.`);
  }
  return to;
}
