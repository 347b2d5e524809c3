import { Hop } from '@bootlab/hop';
import { storeException } from '@bootlab/openstack';
import type { StoreLocation } from '../../location';

/** `file:///folder/<image id>`. Plays `glance_store._drivers.filesystem.StoreLocation`. */
export class FilesystemStoreLocation implements StoreLocation {
  scheme = 'file';
  path = '';

  @Hop('glance_store._drivers.filesystem.StoreLocation.parse_uri')
  parseUri(uri: string): void {
    const [, scheme = '', path = ''] = /^(file|filesystem):\/\/(.*)$/s.exec(uri) ?? [];
    if (path === '') throw new storeException.BadStoreUri({ uri });
    this.scheme = scheme;
    this.path = path;
  }

  getUri(): string {
    return `${this.scheme}://${this.path}`;
  }
}
