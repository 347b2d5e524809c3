import { Hop } from '@bootlab/hop';
import { identityHeaders, RequestContext } from '@bootlab/openstack';
import { Dispatcher, request } from 'undici';
import { sharedAgent } from './agent';
import { answeringHop } from './answering-hop';
import { encodeHeaders } from './encode-headers';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

export interface SessionRequest {
  headers?: Record<string, string>;
  /** Sent as it comes, never held as a whole. */
  body?: AsyncIterable<Uint8Array>;
}

const USER_AGENT = 'bootlab-glanceclient';

/** Sends requests on behalf of a user, without looking at the answer. Plays `keystoneauth1.session.Session`. */
export class Session {
  readonly #endpoint: string;

  constructor(
    endpoint: string,
    private readonly timeoutMs: number,
  ) {
    this.#endpoint = endpoint.replace(/\/+$/, '');
  }

  /** The full URL of a path that starts with a slash. */
  url(path: string): string {
    return this.#endpoint + path;
  }

  /** @throws undici's own errors when there is no answer */
  @Hop('keystoneauth1.session.Session.request', {
    in: (_context: RequestContext, method: Method, path: string) => ({
      'http.request.method': method,
      'url.path': path,
    }),
    out: ({ statusCode }: Dispatcher.ResponseData) => ({ 'http.response.status_code': statusCode }),
    next: (_context: RequestContext, method: Method, path: string) => answeringHop(method, path),
  })
  async request(
    context: RequestContext,
    method: Method,
    path: string,
    { headers, body }: SessionRequest,
  ): Promise<Dispatcher.ResponseData> {
    return request(this.url(path), {
      method,
      // undici would close the connection after a HEAD.
      reset: false,
      dispatcher: sharedAgent(),
      headers: encodeHeaders({ accept: '*/*', 'user-agent': USER_AGENT, ...identityHeaders(context), ...headers }),
      body: body as AsyncIterable<Buffer> | undefined as never,
      headersTimeout: this.timeoutMs,
      bodyTimeout: this.timeoutMs,
    });
  }
}
