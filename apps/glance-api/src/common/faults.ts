import { ExceptionClass, glanceException, HttpException, httpTitle, storeException } from '@bootlab/openstack';
import type { GlanceRequest, WireResponse } from './wsgi/types';

type FaultTable = readonly (readonly [ExceptionClass, number])[];

/** What reading one image's metadata from the registry may raise. Anything else is a 500. */
export const registryFaults: FaultTable = [
  [glanceException.NotFound, 404],
  [glanceException.Forbidden, 403],
];

/** What opening an image's bytes may raise. Anything else, such as BadStoreUri, is a 500. */
export const storeFaults: FaultTable = [
  [storeException.RemoteServiceUnavailable, 503],
  [storeException.NotFound, 404],
  [storeException.StoreGetNotSupported, 400],
  [storeException.StoreRandomGetNotSupported, 400],
  [storeException.UnknownScheme, 400],
];

/** What listing images may raise. */
export const listFaults: FaultTable = [
  [glanceException.Invalid, 400],
  [glanceException.NotAuthenticated, 401],
];

/** Failures whose message helps whoever asked, although nothing maps them: they stay a 500. */
const told: readonly ExceptionClass[] = [
  glanceException.ClientConnectionError,
  glanceException.ServerError,
  glanceException.NotAuthenticated,
  storeException.GlanceStoreException,
];

/** The HTTP answer that a table has for an exception, else the exception itself. */
export function mapped(error: unknown, table: FaultTable): unknown {
  const status = table.find(([Class]) => error instanceof Class)?.[1];
  return status === undefined ? error : new HttpException(status, (error as Error).message, {}, { cause: error });
}

/** Every exception as an HTTP answer. `unexpected` when its cause is for the log alone. */
export function faultOf(error: unknown): { fault: HttpException; unexpected: boolean } {
  if (error instanceof HttpException) return { fault: error, unexpected: error.status >= 500 };
  const message = told.some((Class) => error instanceof Class) ? (error as Error).message : '';
  return { fault: new HttpException(500, message), unexpected: true };
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function html(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign]!);
}

/** The error's body, in the form that `Accept` asks for: HTML for whoever takes anything, as WebOb does it. */
export function faultResponse(fault: HttpException, request: Pick<GlanceRequest, 'headers'>): WireResponse {
  const accept = request.headers.accept ?? '*/*';
  const title = httpTitle(fault.status);
  const line = `${fault.status} ${title}`;
  if (/text\/html|\*\/\*/.test(accept)) {
    const body = `<html>\n <head>\n  <title>${line}</title>\n </head>\n <body>\n  <h1>${line}</h1>\n  ${html(fault.explanation)}\n </body>\n</html>\n`;
    return answer(fault, 'text/html; charset=UTF-8', body);
  }
  if (accept.includes('application/json')) {
    const body = JSON.stringify({ message: fault.explanation, code: line, title });
    return answer(fault, 'application/json', body);
  }
  return answer(fault, 'text/plain; charset=UTF-8', `${line}\n\n${fault.explanation}\n`);
}

function answer({ status, headers }: HttpException, type: string, body: string): WireResponse {
  return { status, headers: { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(body) }, body };
}
