import type { HttpService } from '@bootlab/openstack';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { request } from 'undici';
import { exitCodes } from '../cli/exit-codes';
import { Failure } from '../cli/failure';
import { errorMessage } from './error-message';
import { locate, unreachable } from './locate';
import { unsampled } from './unsampled';

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  /** Leaves no trace. */
  quiet?: boolean;
  /** Seconds without a byte; 60 when unset. */
  timeout?: number;
  /** The sentence for a 404. */
  notFound?: string;
}

/** An answer with an error status. */
export class Refused extends Failure {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message, status === 404 ? exitCodes.notFound : exitCodes.failed);
  }
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT', 'ENOTFOUND']);

/** Speaks JSON with one service of the lab. */
export class ServiceClient {
  readonly #url: string;

  constructor(readonly service: HttpService) {
    this.#url = locate(service);
  }

  /**
   * @param path with its query, e.g. `/v2.1/flavors`
   * @throws Refused for an error status; Failure when nothing answers
   */
  async json<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const text = await this.#text(path, options);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async #text(path: string, { method = 'GET', body, quiet, timeout = 60, notFound }: RequestOptions): Promise<string> {
    try {
      // A quiet request brings its own trace context. A second one, of what it is sent from, would make the header void.
      const from = quiet ? ROOT_CONTEXT : context.active();
      const answer = await context.with(from, request, undefined, `${this.#url}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(quiet ? unsampled() : {}),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        headersTimeout: timeout * 1000,
        bodyTimeout: timeout * 1000,
      });
      const text = await answer.body.text();
      if (answer.statusCode < 400) return text;
      if (answer.statusCode === 404 && notFound !== undefined) throw new Refused(404, notFound);
      throw new Refused(answer.statusCode, `${this.service} answered ${answer.statusCode}: ${errorMessage(text)}`);
    } catch (error) {
      if (error instanceof Failure) throw error;
      const { code, message } = error as NodeJS.ErrnoException;
      if (UNREACHABLE.has(code ?? '')) throw unreachable(this.service, this.#url, error);
      throw new Failure(`The request to ${this.service} at ${this.#url} failed: ${message}`, exitCodes.failed, {
        cause: error,
      });
    }
  }
}
