import { ExceptionClass, glanceException, storeException } from '@bootlab/openstack';

/** What writing an image's row in the registry may raise, and the status that stands for it. Anything else is a 500. */
export const writeFaults: (readonly [ExceptionClass, number])[] = [
  [glanceException.NotFound, 404],
  [glanceException.Forbidden, 403],
  [glanceException.Duplicate, 409],
  [glanceException.Invalid, 400],
  [glanceException.LimitExceeded, 413],
  [glanceException.NotAuthenticated, 401],
];

/** What looking at a location that a user named may raise. */
export const locationFaults: (readonly [ExceptionClass, number])[] = [
  [storeException.NotFound, 404],
  [storeException.UnknownScheme, 400],
  [storeException.BadStoreUri, 400],
  [storeException.MaxRedirectsExceeded, 400],
  [storeException.RemoteServiceUnavailable, 503],
];
