import { currentContext, labConf, loadConf } from '@bootlab/openstack';
import type { LoggerService } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import pino from 'pino';

function ids(): Record<string, unknown> {
  const span = trace.getActiveSpan()?.spanContext();
  const context = currentContext();
  return {
    ...(span ? { trace_id: span.traceId, span_id: span.spanId } : {}),
    ...(context ? { request_id: context.requestId, user_id: context.userId, project_id: context.projectId } : {}),
  };
}

/** JSON lines on standard output, each with trace, span and request id. Given to Nest, and injected where a service logs. */
export class LabLogger implements LoggerService {
  readonly #pino: pino.Logger;

  constructor(service: string) {
    this.#pino = pino({
      level: loadConf(labConf).lab.log_level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: ids,
    });
  }

  log(message: unknown, origin?: unknown): void {
    this.#pino.info({ origin }, String(message));
  }

  /** @param detail a stack, or what the message is about */
  error(message: unknown, detail?: unknown, origin?: unknown): void {
    if (message instanceof Error) this.#pino.error({ err: message, origin }, message.message);
    else this.#pino.error({ detail, origin }, String(message));
  }

  warn(message: unknown, origin?: unknown): void {
    this.#pino.warn({ origin }, String(message));
  }

  debug(message: unknown, origin?: unknown): void {
    this.#pino.debug({ origin }, String(message));
  }
}
