import { serviceDownTime } from '@bootlab/nova';
import { loadConf, novaConf } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { hostname } from 'node:os';

/** What the conductor takes from nova.conf. */
@Injectable()
export class ConductorConf {
  readonly host: string;
  readonly recheckQuota: boolean;
  /** Hosts that may be tried for one instance. */
  readonly maxAttempts: number;
  /** Seconds. */
  readonly serviceDownTime: number;

  constructor() {
    const { DEFAULT, quota, scheduler } = loadConf(novaConf);
    this.host = DEFAULT.host ?? hostname();
    this.recheckQuota = quota.recheck_quota;
    this.maxAttempts = scheduler.max_attempts;
    this.serviceDownTime = serviceDownTime();
  }
}
