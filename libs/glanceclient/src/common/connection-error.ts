import { glanceclientException, OpenStackException } from '@bootlab/openstack';

const TIMEOUTS = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'];

/** What the client raises when a request got no answer, or only a part of one. */
export function fromConnection(url: string, error: unknown): Error {
  if (error instanceof OpenStackException) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const { InvalidEndpoint, CommunicationError } = glanceclientException;
  if (TIMEOUTS.includes(code ?? '')) return new InvalidEndpoint({ url }, { cause: error });
  return new CommunicationError({ url, reason: message || code }, { cause: error });
}
