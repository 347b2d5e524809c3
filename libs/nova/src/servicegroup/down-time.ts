import { loadConf, novaConf } from '@bootlab/openstack';

const INTERVALS = 2.5;

/**
 * Seconds after its last report for which a service counts as up: `service_down_time`, or two and a half report intervals
 * where that is no longer than one. Plays `nova.service.Service.basic_config_check`.
 */
export function serviceDownTime(): number {
  const { report_interval, service_down_time } = loadConf(novaConf).DEFAULT;
  return service_down_time > report_interval ? service_down_time : Math.floor(report_interval * INTERVALS);
}
