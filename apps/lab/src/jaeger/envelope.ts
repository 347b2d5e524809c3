/** What wraps every answer of Jaeger's first query API. */
export interface Structured<T> {
  data: T;
  total: number;
  limit: number;
  offset: number;
  errors: StructuredError[] | null;
}

export interface StructuredError {
  code?: number;
  msg: string;
  traceID?: string;
}

export function structured<T>(data: T, total = 0, errors: StructuredError[] | null = null): Structured<T> {
  return { data, total, limit: 0, offset: 0, errors };
}
