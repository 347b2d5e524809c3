import { exceptionTable } from './table';

/** `glanceclient.exc`: what the client library makes of glance-api's answers. */
export const glanceclientException = exceptionTable('glanceclient.exc', {
  ClientException: { code: 500, message: '{reason}' },
  CommunicationError: { code: 503, parent: 'ClientException', message: 'Error finding address for {url}: {reason}' },
  InvalidEndpoint: { code: 503, parent: 'ClientException', message: 'No answer from {url} in time.' },
  HTTPMultipleChoices: { code: 300, parent: 'ClientException', message: '{reason}' },
  HTTPBadRequest: { code: 400, parent: 'ClientException', message: '{reason}' },
  HTTPUnauthorized: { code: 401, parent: 'ClientException', message: '{reason}' },
  HTTPForbidden: { code: 403, parent: 'ClientException', message: '{reason}' },
  HTTPNotFound: { code: 404, parent: 'ClientException', message: '{reason}' },
  HTTPConflict: { code: 409, parent: 'ClientException', message: '{reason}' },
  HTTPOverLimit: { code: 413, parent: 'ClientException', message: '{reason}' },
  HTTPInternalServerError: { code: 500, parent: 'ClientException', message: '{reason}' },
  HTTPServiceUnavailable: { code: 503, parent: 'ClientException', message: '{reason}' },
  HTTPException: { code: 500, parent: 'ClientException', message: '{reason}' },
});

/** `oslo_messaging`: what can go wrong between sender and receiver of a message. */
export const messagingException = exceptionTable('oslo_messaging.exceptions', {
  MessagingException: { code: 500, message: '{reason}' },
  MessagingTimeout: {
    code: 500,
    parent: 'MessagingException',
    message: 'No answer to {method} from {target} within {timeout} s (rpc_response_timeout). Is it running?',
  },
  MessageDeliveryFailure: {
    code: 500,
    parent: 'MessagingException',
    message: 'No connection to {target}, so {method} was not delivered: {reason}. Is it running?',
  },
  NoSuchMethod: { code: 500, parent: 'MessagingException', message: 'Endpoint does not support RPC method {method}' },
  UnsupportedVersion: {
    code: 500,
    parent: 'MessagingException',
    message: 'Endpoint does not support RPC version {version}. Attempted method: {method}',
  },
  RemoteError: { code: 400, parent: 'MessagingException', message: 'Remote error: {exc_type} {value}' },
});
