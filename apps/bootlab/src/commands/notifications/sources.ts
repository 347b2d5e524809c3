import { glanceApiConf, loadConf, novaConf } from '@bootlab/openstack';
import { NotificationReader } from '@bootlab/rpc';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { note } from '../../cli/output';

const isBroker = (url: string | undefined): url is string => url?.startsWith('rabbit://') === true;

/** One reader for each service that sends notifications to a broker. @throws Failure when none does */
export function notificationReaders(): NotificationReader[] {
  const nova = loadConf(novaConf);
  const glance = loadConf(glanceApiConf);
  const readers: NotificationReader[] = [];
  if (isBroker(nova.DEFAULT.transport_url)) {
    const { transport_url: url, control_exchange } = nova.DEFAULT;
    const { topics } = nova.oslo_messaging_notifications;
    const all = [...topics, ...nova.notifications.versioned_notifications_topics];
    readers.push(new NotificationReader(url, { ...nova.oslo_messaging_rabbit, control_exchange }, all, note));
  }
  // Services that share an exchange share its queues.
  const shared = nova.DEFAULT.control_exchange === glance.DEFAULT.control_exchange && readers.length > 0;
  if (isBroker(glance.DEFAULT.transport_url) && !shared) {
    const { transport_url: url, control_exchange } = glance.DEFAULT;
    const { topics } = glance.oslo_messaging_notifications;
    readers.push(new NotificationReader(url, { ...glance.oslo_messaging_rabbit, control_exchange }, topics, note));
  }
  if (readers.length > 0) return readers;
  throw new Failure(
    'Notifications travel over a broker only, and there is none: set transport_url = rabbit://USER:PASSWORD@HOST:5672/ ' +
      'in [DEFAULT] of nova.conf and of glance-api.conf and start the lab again. Without one they are events in the traces.',
    exitCodes.notRunning,
  );
}
