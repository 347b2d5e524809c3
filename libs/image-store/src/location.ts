import { Hop } from '@bootlab/hop';
import { storeException } from '@bootlab/openstack';
import type { Store } from './driver';

/** The part of a location that only its driver understands. */
export interface StoreLocation {
  scheme: string;
  /** @throws storeException.BadStoreUri */
  parseUri(uri: string): void;
  getUri(): string;
}

/** Schemes of stores that exist but that the lab has no driver for. */
const KNOWN_WITHOUT_DRIVER = [
  'swift',
  'swift+http',
  'swift+https',
  'swift+config',
  'rbd',
  'sheepdog',
  'cinder',
  'vsphere',
  's3',
  's3+http',
  's3+https',
  'gridfs', // prettier-ignore
];

/** `swift+https://…` → `swift+https`; the empty text when there is no scheme. */
export function schemeOf(uri: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase() ?? '';
}

/** Where an image's bytes are: the store, and its own form of the address. Plays `glance_store.location.Location`. */
export class Location {
  private constructor(
    readonly storeName: string,
    readonly storeLocation: StoreLocation,
    readonly uri: string,
  ) {}

  /** @throws storeException.BadStoreUri */
  @Hop('glance_store.location.Location.__init__', { in: (store: Store) => ({ 'store.name': store.name }) })
  static make(store: Store, uri: string): Location {
    const storeLocation = new store.StoreLocation();
    storeLocation.parseUri(uri);
    return new Location(store.name, storeLocation, uri);
  }
}

/** The end of the chain: nobody serves the scheme. */
export function unknownScheme(scheme: string, known: string[]): Error {
  const message = KNOWN_WITHOUT_DRIVER.includes(scheme)
    ? `The lab has no driver for the scheme '${scheme}' yet; enabled are ${known.join(', ')}.`
    : undefined;
  return new storeException.UnknownScheme({ scheme, known: known.join(', '), ...(message ? { message } : {}) });
}
