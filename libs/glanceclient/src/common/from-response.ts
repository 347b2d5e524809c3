import { hop } from '@bootlab/hop';
import { glanceclientException, httpTitle, OpenStackException, webobName } from '@bootlab/openstack';
import type { Dispatcher } from 'undici';
import { messageOf } from './error-message';

const LARGEST_BODY = 64 * 1024;

type Response = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>;

/** The exception that an answer with an error status stands for, with glance-api's own words. */
export const fromResponse = hop(
  'glanceclient.exc.from_response',
  async function fromResponse({ statusCode, headers, body }: Response): Promise<OpenStackException> {
    const details = messageOf(String(headers['content-type'] ?? ''), await readSome(body));
    const reason = `${details || httpTitle(statusCode)} (HTTP ${statusCode})`;
    return new (classFor(statusCode))({ reason });
  },
  { out: (error) => ({ 'exception.type': error.name }) },
);

function classFor(status: number) {
  const named = status === 413 ? 'HTTPOverLimit' : webobName(status);
  const classes: Partial<Record<string, (typeof glanceclientException)['HTTPException']>> = glanceclientException;
  return classes[named] ?? glanceclientException.HTTPException;
}

async function readSome(body: Response['body']): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      parts.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= LARGEST_BODY) break;
    }
  } catch {
    // The status is known; that its explanation did not arrive whole changes nothing.
  }
  return Buffer.concat(parts).toString('utf8').slice(0, LARGEST_BODY);
}
