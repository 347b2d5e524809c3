import { exceptionTable } from './table';

/** `glance.common.exception`: what glance-api and glance-registry raise and what the registry client re-raises. */
export const glanceException = exceptionTable('glance.common.exception', {
  GlanceException: { code: 500, message: 'Something in glance went wrong that has no name of its own: {reason}' },
  NotFound: { code: 404, parent: 'GlanceException', message: 'Nothing was found under that identifier.' },
  ImageNotFound: { code: 404, parent: 'NotFound', message: 'No image with ID {image_id}.' },
  Duplicate: { code: 409, parent: 'GlanceException', message: 'An object with that identifier already exists.' },
  Conflict: { code: 409, parent: 'GlanceException', message: 'The image is not in the expected state: {reason}' },
  Forbidden: { code: 403, parent: 'GlanceException', message: 'You are not authorized to complete {action} action.' },
  ForbiddenPublicImage: {
    code: 403,
    parent: 'Forbidden',
    message: 'Only its owner or an administrator may change public image {image_id}.',
  },
  ProtectedImageDelete: {
    code: 403,
    parent: 'Forbidden',
    message: 'Image {image_id} is protected; unset its protected flag before you delete it.',
  },
  NotAuthenticated: { code: 401, parent: 'GlanceException', message: 'You are not authenticated.' },
  Invalid: { code: 400, parent: 'GlanceException', message: '{reason}' },
  InvalidSortKey: { code: 400, parent: 'Invalid', message: 'Cannot sort by {sort_key}; sort by one of {known}.' },
  InvalidPropertyProtectionConfiguration: {
    code: 500,
    parent: 'Invalid',
    message: 'Invalid property protection file {file}: {reason}',
  },
  LimitExceeded: {
    code: 413,
    parent: 'GlanceException',
    message: 'The request returned a 413 Request Entity Too Large.',
  },
  ImagePropertyLimitExceeded: {
    code: 413,
    parent: 'LimitExceeded',
    message: 'The limit of {maximum} properties has been exceeded; {attempted} were given.',
  },
  ImageSizeLimitExceeded: {
    code: 413,
    parent: 'LimitExceeded',
    message: 'The image is larger than image_size_cap allows ({cap} bytes).',
  },
  StorageQuotaFull: {
    code: 413,
    parent: 'GlanceException',
    message:
      'The size of the data {image_size} will exceed the limit. {remaining} bytes remaining of user_storage_quota.',
  },
  MultipleChoices: {
    code: 300,
    parent: 'GlanceException',
    message: 'The request matched several versions of the service: {reason}',
  },
  MaxRedirectsExceeded: { code: 500, parent: 'GlanceException', message: 'More than {redirects} redirects.' },
  ServiceUnavailable: {
    code: 503,
    parent: 'GlanceException',
    message: 'The service answered 503; try again when it is back.',
  },
  ServerError: { code: 500, parent: 'GlanceException', message: 'The server answered 500; its log tells why.' },
  UnexpectedStatus: {
    code: 500,
    parent: 'GlanceException',
    message: 'The server answered with the unexpected status {status}.',
  },
  ClientConnectionError: {
    code: 500,
    parent: 'GlanceException',
    message: 'No connection to {url}: {reason}. Is it running? See `bootlab status`.',
  },
});
