import { Hop } from '@bootlab/hop';
import { storeException } from '@bootlab/openstack';
import type { StoreLocation } from '../../location';

/** `http[s]://[user:password@]host[:port]/path`. Plays `glance_store._drivers.http.StoreLocation`. */
export class HttpStoreLocation implements StoreLocation {
  scheme = 'http';
  #url = new URL('http://unset');

  @Hop('glance_store._drivers.http.StoreLocation.parse_uri')
  parseUri(uri: string): void {
    try {
      this.#url = new URL(uri);
      decodeURIComponent(this.#url.username + this.#url.password);
    } catch (error) {
      throw new storeException.BadStoreUri({ uri: withoutSecret(uri) }, { cause: error });
    }
    const { protocol, hostname } = this.#url;
    if (!['http:', 'https:'].includes(protocol) || hostname === '') {
      throw new storeException.BadStoreUri({ uri: withoutSecret(uri) });
    }
    this.scheme = protocol.slice(0, -1);
  }

  /** Basic authentication for the user in the URI, when it names one. */
  get authorization(): string | undefined {
    const { username, password } = this.#url;
    if (username === '') return undefined;
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  }

  /** The URI without user and password. */
  getUri(): string {
    const url = new URL(this.#url);
    url.username = '';
    url.password = '';
    return url.href;
  }
}

function withoutSecret(uri: string): string {
  return uri.replace(/\/\/[^/@]*@/, '//');
}
