import { loadConf, novaConf } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { hostname } from 'node:os';

/** What the conductor takes from nova.conf. */
@Injectable()
export class ConductorConf {
  readonly host: string;
  readonly recheckQuota: boolean;

  constructor() {
    const { DEFAULT, quota } = loadConf(novaConf);
    this.host = DEFAULT.host ?? hostname();
    this.recheckQuota = quota.recheck_quota;
  }
}
