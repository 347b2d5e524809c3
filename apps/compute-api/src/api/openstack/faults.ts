import {
  ExceptionClass,
  HttpException,
  httpTitle,
  messagingException,
  novaException,
  OpenStackException,
} from '@bootlab/openstack';
import { HttpException as NestHttpException } from '@nestjs/common';

/** An error as the user sees it. */
export interface Fault {
  code: number;
  message: string;
  headers: Record<string, string>;
  /** Nobody foresaw the error, so its text stays in the log. */
  unexpected: boolean;
}

interface Row {
  /** Exceptions of this kind and of the kinds below it … */
  family: ExceptionClass;
  /** … are answered with this code … */
  code: number;
  /** … when the request has this method; absent: always. */
  method?: string;
}

/** Where the code of an answer is not the exception's own. The first row that fits counts. */
const rows: Row[] = [
  { family: novaException.QuotaError, code: 403 },
  { family: novaException.FlavorNotFound, code: 400, method: 'POST' },
  { family: novaException.ImageNotFound, code: 400 },
  { family: novaException.ImageNotAuthorized, code: 400 },
  { family: novaException.KeypairNotFound, code: 400 },
  { family: novaException.NetworkNotFound, code: 400 },
  { family: novaException.SecurityGroupNotFound, code: 400 },
  { family: novaException.MarkerNotFound, code: 400 },
  { family: messagingException.RemoteError, code: 400 },
];

const names: Record<number, string> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
};

/** What the API answers to an error raised while it served a request of `method`. Plays `ResourceExceptionHandler` and `expected_errors`. */
export function faultOf(error: unknown, method: string, requestId: string): Fault {
  const fault = { headers: {}, unexpected: false };
  if (error instanceof HttpException) {
    return { ...fault, code: error.status, message: error.explanation, headers: error.headers };
  }
  if (error instanceof OpenStackException) return { ...fault, code: codeOf(error, method), message: error.message };
  if (error instanceof NestHttpException) return { ...fault, code: error.getStatus(), message: error.message };
  const message = `Unexpected API error: see \`bootlab logs compute-api\` for ${requestId}.`;
  return { ...fault, code: 500, message, unexpected: true };
}

function codeOf(error: OpenStackException, method: string): number {
  const fits = (row: Row) => error instanceof row.family && (row.method ?? method) === method;
  return rows.find(fits)?.code ?? error.code;
}

/** `{"itemNotFound": {"code": 404, "message": …}}`. Plays `nova.api.openstack.wsgi.Fault`. */
export function faultBody({
  code,
  message,
}: Pick<Fault, 'code' | 'message'>): Record<string, { code: number; message: string }> {
  return { [names[code] ?? 'computeFault']: { code, message: message === '' ? httpTitle(code) : message } };
}
