/** How the transport uses a broker, with oslo.messaging's names and defaults; times in seconds. */
export interface RabbitOptions {
  control_exchange: string;
  amqp_durable_queues: boolean;
  amqp_auto_delete: boolean;
  /** Fanout and reply queues go when nobody has used them for so long. */
  rabbit_transient_queues_ttl: number;
  /** Messages that a server holds without having acknowledged them; 0 for no limit. */
  rabbit_qos_prefetch_count: number;
  /** The first pause between two tries to connect, what is added to it each time, and the longest. */
  rabbit_retry_interval: number;
  rabbit_retry_backoff: number;
  rabbit_interval_max: number;
  /** How long a reply is offered to a caller whose queue is away. */
  kombu_missing_consumer_retry_timeout: number;
  heartbeat_timeout_threshold: number;
}
