import { glanceApiConf, loadConf, novaConf } from '@bootlab/openstack';
import { NotificationReader, RabbitOptions } from '@bootlab/rpc';
import { exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { note } from '../../cli/output';

interface Source {
  url: string;
  options: RabbitOptions;
  topics: readonly string[];
}

function novaSource(): Source {
  const { DEFAULT, notifications, oslo_messaging_rabbit, oslo_messaging_notifications } = loadConf(novaConf);
  const topics = [...oslo_messaging_notifications.topics, ...notifications.versioned_notifications_topics];
  const options = { ...oslo_messaging_rabbit, control_exchange: DEFAULT.control_exchange };
  return { url: DEFAULT.transport_url, options, topics };
}

function glanceSource(): Source {
  const { DEFAULT, oslo_messaging_rabbit, oslo_messaging_notifications } = loadConf(glanceApiConf);
  const options = { ...oslo_messaging_rabbit, control_exchange: DEFAULT.control_exchange };
  return { url: DEFAULT.transport_url ?? '', options, topics: oslo_messaging_notifications.topics };
}

/** One reader for each exchange that gets notifications. @throws Failure when there is no broker */
export function notificationReaders(): NotificationReader[] {
  const sources = [novaSource(), glanceSource()].filter(({ url }) => url.startsWith('rabbit://'));
  // The topics of nova include those of glance, if both have one exchange.
  const byExchange = new Map(
    sources.toReversed().map((source) => [`${source.url} ${source.options.control_exchange}`, source]),
  );
  const readers = [...byExchange.values()].map(
    ({ url, options, topics }) => new NotificationReader(url, options, topics, note),
  );
  if (readers.length > 0) return readers;
  throw new Failure(
    'Notifications travel over a broker only, and there is none: set transport_url = rabbit://USER:PASSWORD@HOST:5672/ ' +
      'in [DEFAULT] of nova.conf and of glance-api.conf and start the lab again. Without one they are events in the traces.',
    exitCodes.notRunning,
  );
}
