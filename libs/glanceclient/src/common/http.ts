import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import type { Dispatcher } from 'undici';
import type { Method, Session, SessionRequest } from '../session/session';
import { fromConnection } from './connection-error';
import { fromResponse } from './from-response';

export type Response = Dispatcher.ResponseData;

/**
 * Requests whose answer is what was asked for, or an exception of `glanceclient.exc`.
 * Plays `glanceclient.common.http.SessionClient`.
 */
export class SessionClient {
  constructor(private readonly session: Session) {}

  url(path: string): string {
    return this.session.url(path);
  }

  /**
   * The caller reads or drops the answer's body.
   * @throws InvalidEndpoint on a timeout, CommunicationError without a connection, else what the status stands for
   */
  @Hop('glanceclient.common.http.SessionClient.request', {
    in: (_context: RequestContext, method: Method, path: string) => ({
      'http.request.method': method,
      'url.path': path,
    }),
  })
  async request(
    context: RequestContext,
    method: Method,
    path: string,
    options: SessionRequest = {},
  ): Promise<Response> {
    const response = await this.session
      .request(context, method, path, {
        ...options,
        headers: { 'content-type': 'application/octet-stream', ...options.headers },
      })
      .catch((error: unknown) => {
        throw fromConnection(this.session.url(path), error);
      });
    const { statusCode } = response;
    if (statusCode >= 400 || statusCode === 300) throw await fromResponse(response);
    return response;
  }
}
