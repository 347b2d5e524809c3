import { isRecorded } from '@bootlab/hop';
import { Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  ATTR_DB_COLLECTION_NAME,
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_QUERY_TEXT,
  ATTR_DB_RESPONSE_STATUS_CODE,
  ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@opentelemetry/semantic-conventions';
import { DatabaseError } from './errors';
import type { StatementDescription } from './statement';

const tracer = trace.getTracer('@bootlab/database');

/** Where statements run, in the words of the semantic conventions. */
export interface StatementPlace {
  system: 'sqlite' | 'mysql' | 'mariadb' | 'postgresql';
  /** The database's name. */
  namespace: string;
  server?: { [ATTR_SERVER_ADDRESS]: string; [ATTR_SERVER_PORT]: number };
}

/**
 * Starts the CLIENT span of one statement, e.g. `SELECT images`; `sql` carries placeholders, never values. Gives
 * undefined outside of a recorded trace, so that start-up and migrations make no traces of their own.
 */
export function startStatementSpan(
  { system, namespace, server }: StatementPlace,
  sql: string,
  { operation, table }: StatementDescription,
): Span | undefined {
  if (!isRecorded('path') || !trace.getActiveSpan()?.isRecording()) return undefined;
  return tracer.startSpan(table === undefined ? operation : `${operation} ${table}`, {
    kind: SpanKind.CLIENT,
    attributes: {
      [ATTR_DB_SYSTEM_NAME]: system,
      [ATTR_DB_NAMESPACE]: namespace,
      ...server,
      [ATTR_DB_OPERATION_NAME]: operation,
      [ATTR_DB_COLLECTION_NAME]: table,
      [ATTR_DB_QUERY_TEXT]: sql,
      'hop.level': 'path',
    },
  });
}

/** Ends the span; with an error, the span says so. */
export function endStatementSpan(span: Span | undefined, error?: unknown): void {
  if (!span) return;
  if (error instanceof Error) {
    span.recordException(error);
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    span.setAttribute(ATTR_ERROR_TYPE, error instanceof DatabaseError ? error.code : error.name);
    if (error instanceof DatabaseError) span.setAttribute(ATTR_DB_RESPONSE_STATUS_CODE, error.code);
  }
  span.end();
}
