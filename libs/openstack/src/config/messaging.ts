import { bool, choice, intFrom, list } from './option';

/** Section [oslo_messaging_rabbit] with oslo.messaging's own option names; seconds where it is a time. */
export const rabbitGroup = {
  amqp_durable_queues: bool(false, 'Exchanges, queues and messages outlive a restart of the broker.'),
  amqp_auto_delete: bool(false, 'Exchange and queues of a topic go with their last consumer.'),
  rabbit_transient_queues_ttl: intFrom(1, 1800, 'Seconds after which unused reply and fanout queues are deleted.'),
  rabbit_qos_prefetch_count: intFrom(0, 64, 'Messages a service holds unacknowledged; 0 for no limit.'),
  rabbit_retry_interval: intFrom(1, 1, 'Seconds before the second try to connect.'),
  rabbit_retry_backoff: intFrom(0, 2, 'Seconds that each further pause is longer.'),
  rabbit_interval_max: intFrom(1, 30, 'Longest of these pauses.'),
  kombu_missing_consumer_retry_timeout: intFrom(0, 60, 'Seconds a reply is offered to a caller whose queue is away.'),
  heartbeat_timeout_threshold: intFrom(
    1,
    60,
    'Seconds without a sign of life after which a connection counts as lost.',
  ),
};

/** Section [oslo_messaging_notifications]. */
export const notificationsGroup = {
  driver: choice(
    ['messagingv2', 'noop'],
    'messagingv2',
    'Send notifications over the broker, when there is one, or not.',
  ),
  topics: list(['notifications'], 'Topics of the notifications; the priority comes behind, as in notifications.info.'),
};
