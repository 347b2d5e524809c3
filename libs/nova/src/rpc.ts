import { loadConf, novaConf } from '@bootlab/openstack';
import { createTransport, Notifier, RpcClient, RpcTransport, Tell } from '@bootlab/rpc';
import { notifyThrough } from './notifications/notify';

/** One connection to whatever carries the messages, and a client over it. */
export interface NovaRpc {
  transport: RpcTransport;
  client: RpcClient;
}

/**
 * Connects as nova.conf says; from now on notifications take that way too. Plays `nova.rpc.init`.
 * `transport.close()` ends it.
 * @param tell told, in a sentence, of a broker that does not answer, and of what is lost
 */
export function openNovaRpc(tell: Tell = () => undefined): NovaRpc {
  const { DEFAULT, oslo_messaging_rabbit, oslo_messaging_notifications, notifications } = loadConf(novaConf);
  const { transport_url, control_exchange, rpc_response_timeout } = DEFAULT;
  const rabbit = { ...oslo_messaging_rabbit, control_exchange };
  const transport = createTransport(transport_url, { deliveryTimeout: rpc_response_timeout, rabbit, tell });
  const { driver, topics } = oslo_messaging_notifications;
  const { notification_format: form, versioned_notifications_topics: versioned } = notifications;
  const silent = driver === 'noop';
  notifyThrough(new Notifier(transport, tell), {
    unversioned: silent || form === 'versioned' ? [] : topics,
    versioned: silent || form === 'unversioned' ? [] : versioned,
  });
  return { transport, client: new RpcClient(transport, rpc_response_timeout) };
}
