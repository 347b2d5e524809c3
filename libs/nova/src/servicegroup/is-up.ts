import type { Service } from '../objects/service';

/** What must be known of a service to tell whether it is up. Times in ISO 8601. */
export type Liveness = Pick<Service, 'forced_down' | 'last_seen_up' | 'created_at'>;

const MS_PER_S = 1000;

/**
 * Whether a service has told of itself lately. Plays `nova.servicegroup.drivers.db.DbDriver.is_up`.
 * @param serviceDownTime seconds that may have passed since, `service_down_time`
 */
export function isUp({ forced_down, last_seen_up, created_at }: Liveness, serviceDownTime: number): boolean {
  if (forced_down) return false;
  const elapsed = Date.now() - Date.parse(last_seen_up ?? created_at);
  return Math.abs(elapsed) <= serviceDownTime * MS_PER_S;
}
