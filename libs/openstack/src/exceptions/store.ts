import { exceptionTable } from './table';

/** `glance_store.exceptions`. */
export const storeException = exceptionTable('glance_store.exceptions', {
  GlanceStoreException: { code: 500, message: 'The image store failed: {reason}' },
  MissingCredentialError: {
    code: 500,
    parent: 'GlanceStoreException',
    message: 'Missing required credential: {required}',
  },
  BadStoreUri: { code: 500, parent: 'GlanceStoreException', message: 'The Store URI was malformed: {uri}' },
  Duplicate: { code: 409, parent: 'GlanceStoreException', message: 'Image {image} already exists in the store.' },
  NotFound: { code: 404, parent: 'GlanceStoreException', message: 'Image {image} not found in the store.' },
  UnknownScheme: {
    code: 400,
    parent: 'GlanceStoreException',
    message: "No store serves the scheme '{scheme}' of this location; enabled are {known}.",
  },
  StorageFull: {
    code: 413,
    parent: 'GlanceStoreException',
    message: 'There is not enough disk space on the image storage media.',
  },
  StorageWriteDenied: {
    code: 503,
    parent: 'GlanceStoreException',
    message: 'Permission to write image storage media denied: make {path} writable.',
  },
  Forbidden: { code: 403, parent: 'GlanceStoreException', message: 'The store forbids this: {reason}' },
  BackendException: { code: 500, parent: 'GlanceStoreException', message: 'The store backend failed: {reason}' },
  InUseByStore: {
    code: 409,
    parent: 'GlanceStoreException',
    message: 'The image cannot be deleted because it is in use through the backend store outside of Glance.',
  },
  RemoteServiceUnavailable: {
    code: 503,
    parent: 'GlanceStoreException',
    message: 'Remote server where the image is present is unavailable: {reason}',
  },
  MaxRedirectsExceeded: {
    code: 500,
    parent: 'GlanceStoreException',
    message: 'Maximum redirects ({redirects}) was exceeded.',
  },
  StoreGetNotSupported: {
    code: 400,
    parent: 'GlanceStoreException',
    message: 'Getting images from this store is not supported.',
  },
  StoreRandomGetNotSupported: {
    code: 400,
    parent: 'GlanceStoreException',
    message: 'Getting a part of an image from this store is not supported.',
  },
  StoreAddDisabled: {
    code: 410,
    parent: 'GlanceStoreException',
    message: 'Configuration for store failed or it is read-only. Adding images to this store is disabled.',
  },
  StoreDeleteNotSupported: {
    code: 500,
    parent: 'GlanceStoreException',
    message: 'Deleting images from this store is not supported.',
  },
});
