import { JaegerDocument, Span, toJaeger } from '@bootlab/trace-model';
import { BadRequestException, Controller, Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { TraceQueries, TraceSummary } from '../store/trace-queries';
import { numberQuery } from './number-query';
import { TraceIdPipe } from './trace-id.pipe';
import { AwaitedTrace, TraceWaitService } from './trace-wait.service';

const LIMIT = { fallback: 20, min: 1, max: 10_000 };
const TIMEOUT_SECONDS = { fallback: 10, min: 0, max: 600 };

/** The lab's own way to read traces. */
@Controller('lab/v1/traces')
export class TracesController {
  constructor(
    private readonly queries: TraceQueries,
    private readonly wait: TraceWaitService,
  ) {}

  @Get()
  async list(
    @Query('limit') limit?: string,
    @Query('service') service?: string,
    @Query('name') name?: string,
  ): Promise<{ traces: TraceSummary[] }> {
    const filter = { limit: Math.floor(numberQuery('limit', limit, LIMIT)), service, name };
    return { traces: await this.queries.list(filter) };
  }

  @Get(':id')
  async show(
    @Param('id', TraceIdPipe) id: string,
    @Query('wait') wait: string | undefined,
    @Query('timeout') timeout: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Span[] | AwaitedTrace> {
    if (wait === undefined) return this.#spansOf(id);
    if (wait !== 'complete') throw new BadRequestException(`wait is "${wait}"; it takes complete.`);
    const seconds = numberQuery('timeout', timeout, TIMEOUT_SECONDS);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return this.wait.untilComplete(id, seconds * 1000, gone.signal);
  }

  @Get(':id/jaeger')
  async jaeger(@Param('id', TraceIdPipe) id: string): Promise<JaegerDocument> {
    return toJaeger(await this.#spansOf(id), { raw: true });
  }

  async #spansOf(id: string): Promise<Span[]> {
    const spans = await this.queries.spansOf(id);
    if (spans.length === 0)
      throw new NotFoundException(
        `No span of trace ${id} is stored: it never arrived, or it was dropped as one of the oldest.`,
      );
    return spans;
  }
}
