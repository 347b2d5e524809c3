import { Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { Failure } from '../cli/failure';

const CONNECT_MS = 3_000;
const IDLE_MS = 15_000;
const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

export interface GetOptions {
  headers?: Record<string, string>;
  /** Milliseconds without a byte before the server counts as gone; 15,000 when unset. */
  idleMs?: number;
}

/** The first answer that is no redirect. Uses the proxy of `HTTPS_PROXY` and `HTTP_PROXY`. */
export interface Answer {
  status: number;
  headers: Dispatcher.ResponseData['headers'];
  body: AsyncIterable<Buffer>;
}

/**
 * Gets a URL, hands its answer to `read` and closes the connection.
 * @throws Failure in one sentence when the server cannot be reached or redirects without end; whatever `read` throws
 */
export async function httpGet<T>(url: string, options: GetOptions, read: (answer: Answer) => Promise<T>): Promise<T> {
  const idle = options.idleMs ?? IDLE_MS;
  const agent = new EnvHttpProxyAgent({
    connect: { timeout: CONNECT_MS },
    headersTimeout: idle,
    bodyTimeout: idle,
  });
  try {
    const { statusCode, headers, body } = await follow(url, options.headers ?? {}, agent);
    return await read({ status: statusCode, headers, body });
  } finally {
    await agent.destroy();
  }
}

/** The whole text of a small file. @throws Failure for an error status or more than `limit` bytes */
export function httpText(url: string, limit: number, options: GetOptions = {}): Promise<string> {
  return httpGet(url, options, async ({ status, body }) => {
    if (status !== 200) throw new Failure(`${url} answered ${status}: check the address.`);
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of body) {
      size += part.length;
      if (size > limit) throw new Failure(`${url} has more than ${limit} bytes, which is not what it should be.`);
      parts.push(part);
    }
    return Buffer.concat(parts).toString();
  });
}

async function follow(first: string, headers: Record<string, string>, agent: Dispatcher) {
  let url = parsed(first);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = await ask(url, headers, agent);
    const { location } = answer.headers;
    if (!REDIRECTS.includes(answer.statusCode) || typeof location !== 'string') return answer;
    await answer.body.dump();
    const next = new URL(location, url);
    if (url.protocol === 'https:' && next.protocol !== 'https:') {
      throw new Failure(`${first} redirects to ${next.href}, which is not encrypted: it is not followed.`);
    }
    url = next;
  }
  throw new Failure(`${first} redirects more than ${MOST_REDIRECTS} times: check the address.`);
}

function parsed(url: string): URL {
  if (!URL.canParse(url)) throw new Failure(`"${url}" is not a URL: it takes http://… or https://…`);
  return new URL(url);
}

async function ask(url: URL, headers: Record<string, string>, agent: Dispatcher) {
  try {
    return await request(url, { headers, dispatcher: agent });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Failure(
      `${url.origin} cannot be reached (${code ?? message}): check the address and the network.`,
      undefined,
      { cause: error },
    );
  }
}
