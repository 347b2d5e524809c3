import { loadConf, novaConf } from '@bootlab/openstack';
import { createTransport, RpcClient, RpcTransport } from '@bootlab/rpc';

/** One connection to whatever carries the messages, and a client over it. */
export interface NovaRpc {
  transport: RpcTransport;
  client: RpcClient;
}

/** Connects as nova.conf says. Plays `nova.rpc.init`. `transport.close()` ends it. */
export function openNovaRpc(): NovaRpc {
  const { transport_url, rpc_response_timeout } = loadConf(novaConf).DEFAULT;
  const transport = createTransport(transport_url);
  return { transport, client: new RpcClient(transport, rpc_response_timeout) };
}
