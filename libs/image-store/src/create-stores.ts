import { Conf, glanceApiConf } from '@bootlab/openstack';
import { StoreBackend } from './backend';
import type { Store } from './driver';
import { FilesystemStore } from './drivers/filesystem/filesystem-store';
import { HttpStore } from './drivers/http/http-store';

type StoreConf = Conf<typeof glanceApiConf.groups>['glance_store'];

const drivers: Record<string, (conf: StoreConf) => Store> = {
  file: (conf) => new FilesystemStore(conf.filesystem_store_datadir, parseInt(conf.filesystem_store_file_perm, 8)),
  http: (conf) => new HttpStore({ insecure: conf.https_insecure, caFile: conf.https_ca_certificates_file }),
};

/**
 * Loads the stores of `[glance_store] stores`. Plays `glance_store.backend.create_stores`.
 * @throws Error naming a store without a driver, or a default store that is not enabled
 */
export function createStores(conf: StoreConf): StoreBackend {
  const stores = conf.stores.map((name) => {
    const driver = drivers[name];
    if (driver) return driver(conf);
    throw new Error(
      `stores in [glance_store] of glance-api.conf has ${name}; there are ${Object.keys(drivers).join(', ')}.`,
    );
  });
  return new StoreBackend(stores, conf.default_store);
}
