import { Conf, glanceApiConf } from '@bootlab/openstack';

export type GlanceConf = Conf<typeof glanceApiConf.groups>;

/** Injection token of the configuration. */
export const GLANCE_CONF = Symbol('glance-api.conf');
