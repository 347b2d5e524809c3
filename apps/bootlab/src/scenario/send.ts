import { HttpService, identityHeaders, RequestContext } from '@bootlab/openstack';
import { request } from 'undici';
import { errorMessage } from '../http/error-message';
import { locate } from '../http/locate';

/** An answer whatever its status. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Its first mebibyte. */
  body: string;
}

export interface Sent {
  headers?: Record<string, string>;
  /** Sent as it is when text, else as JSON. */
  body?: unknown;
  /** Seconds without a byte. */
  timeout?: number;
}

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';

const LARGEST_BODY = 1024 ** 2;

async function readSome(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body) {
    if (length < LARGEST_BODY) parts.push(part);
    length += part.length;
  }
  return Buffer.concat(parts).toString('utf8').slice(0, LARGEST_BODY);
}

/** Sends a request on somebody's behalf. @throws what undici does when nobody answers */
export async function send(
  who: RequestContext,
  service: HttpService,
  method: Method,
  path: string,
  { headers = {}, body, timeout = 120 }: Sent = {},
): Promise<Answer> {
  const answer = await request(`${locate(service)}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
      ...identityHeaders(who),
      ...headers,
    },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    headersTimeout: timeout * 1000,
    bodyTimeout: timeout * 1000,
  });
  const flat = Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(flat) as Record<string, string>,
    body: await readSome(answer.body),
  };
}

/** The answer's body as data. @throws Error saying what could not be done, for an error status */
export async function sendJson<T>(what: string, ...request: Parameters<typeof send>): Promise<T> {
  const { status, body } = await send(...request);
  if (status >= 400) throw new Error(`${what}: ${request[1]} answered ${status}: ${errorMessage(body)}`);
  return (body === '' ? undefined : JSON.parse(body)) as T;
}
