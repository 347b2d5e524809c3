/**
 * An exception that is already an HTTP answer, as WebOb's `webob.exc` gives the original.
 * `explanation` is what the user reads.
 */
export class HttpException extends Error {
  constructor(
    readonly status: number,
    readonly explanation: string,
    readonly headers: Record<string, string> = {},
    options?: ErrorOptions,
  ) {
    super(explanation, options);
    this.name = webobName(status);
  }
}

const TITLES: Record<number, string> = {
  300: 'Multiple Choices',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** `404` → `Not Found`. */
export function httpTitle(status: number): string {
  return TITLES[status] ?? `HTTP ${status}`;
}

/** `404` → `HTTPNotFound`. */
export function webobName(status: number): string {
  return `HTTP${httpTitle(status).replaceAll(/[^A-Za-z0-9]/g, '')}`;
}

/** `HTTPNotFound` → 404; undefined for a name that WebOb does not have. */
export function webobStatus(name: string): number | undefined {
  return Object.keys(TITLES)
    .map(Number)
    .find((status) => webobName(status) === name);
}
