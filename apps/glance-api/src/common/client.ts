import { Hop } from '@bootlab/hop';
import { ExceptionClass, glanceException, identityHeaders, RequestContext } from '@bootlab/openstack';
import { Agent, request } from 'undici';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Query = Record<string, string | number | undefined>;

export interface ClientRequest {
  body?: unknown;
  query?: Query;
  headers?: Record<string, string>;
  /** The hop of the server that will answer. */
  answeredBy?: string;
}

export interface ClientResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  json: unknown;
}

const byStatus: Record<number, ExceptionClass> = {
  300: glanceException.MultipleChoices,
  400: glanceException.Invalid,
  401: glanceException.NotAuthenticated,
  403: glanceException.Forbidden,
  404: glanceException.NotFound,
  409: glanceException.Duplicate,
  413: glanceException.LimitExceeded,
  500: glanceException.ServerError,
  503: glanceException.ServiceUnavailable,
};

/** A client of a JSON service; statuses become exceptions. Plays `glance.common.client.BaseClient`. */
export class BaseClient {
  readonly #agent: Agent;

  /** @param url base of the service, asked for at the first request */
  constructor(
    private readonly url: () => Promise<string>,
    timeoutSeconds: number,
  ) {
    this.#agent = new Agent({ headersTimeout: timeoutSeconds * 1000, bodyTimeout: timeoutSeconds * 1000 });
  }

  /** @throws glanceException by status, ClientConnectionError when there is no answer */
  @Hop('glance.common.client.BaseClient.do_request')
  async doRequest(
    context: RequestContext,
    method: Method,
    path: string,
    options: ClientRequest = {},
  ): Promise<ClientResponse> {
    return this.sendRequest(context, method, this.constructUrl(await this.url(), path, options.query ?? {}), options);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  @Hop('glance.common.client.BaseClient._construct_url')
  constructUrl(base: string, path: string, query: Query): string {
    const entries = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    return `${base}${path}${entries.length > 0 ? `?${new URLSearchParams(entries).toString()}` : ''}`;
  }

  @Hop('glance.common.client.BaseClient._do_request', {
    in: (_: RequestContext, method: Method, url: string, __: ClientRequest) => ({
      'http.request.method': method,
      'url.full': url,
    }),
    out: ({ status }: ClientResponse) => ({ 'http.response.status_code': status }),
    next: (_: RequestContext, __: Method, ___: string, { answeredBy }: ClientRequest) => answeredBy,
  })
  async sendRequest(
    context: RequestContext,
    method: Method,
    url: string,
    { body, headers }: ClientRequest,
  ): Promise<ClientResponse> {
    const { status, text, ...answer } = await this.#exchange(context, method, url, body, headers);
    if (status >= 200 && status < 300) return { ...answer, status, json: text === '' ? undefined : JSON.parse(text) };
    const Class = byStatus[status] ?? glanceException.UnexpectedStatus;
    throw new Class(text === '' ? { status } : { status, message: text });
  }

  async #exchange(
    context: RequestContext,
    method: Method,
    url: string,
    body: unknown,
    headers: Record<string, string> = {},
  ) {
    try {
      const answer = await request(url, {
        method,
        dispatcher: this.#agent,
        headers: {
          ...identityHeaders(context),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new glanceException.ClientConnectionError({ url, reason: code ?? message }, { cause: error });
    }
  }
}
