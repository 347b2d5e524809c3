import { getEntry, sourceUrl, findEntry } from '@bootlab/hop';
import { Level, LEVELS } from '@bootlab/trace-model';
import { BadRequestException, Controller, Get, NotFoundException, Param, Query, Redirect, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OperationQueries } from '../store/operation-queries';
import { TraceQueries } from '../store/trace-queries';
import { TraceIdPipe } from '../traces/trace-id.pipe';
import { PAGE_HEADERS } from './page';
import { tracePage } from './trace-page';
import { tracesPage } from './traces-page';

const LISTED = 50;

/** The lab's own pages. */
@Controller()
export class PagesController {
  constructor(
    private readonly traces: TraceQueries,
    private readonly operations: OperationQueries,
  ) {}

  @Get()
  async list(
    @Res() reply: FastifyReply,
    @Query('service') service?: string,
    @Query('name') name?: string,
    @Query('tag') tag?: string,
  ): Promise<void> {
    const filter = { service: service || undefined, name: name || undefined, tag: tag || undefined };
    const traces = await this.traces.list({ ...filter, tags: tagsOf(filter.tag), limit: LISTED });
    const services = await this.operations.services();
    await reply.headers(PAGE_HEADERS).send(tracesPage({ ...filter, traces, services }));
  }

  @Get('trace/:id')
  async show(
    @Res() reply: FastifyReply,
    @Param('id', TraceIdPipe) id: string,
    @Query('level') level?: string,
    @Query('span') span?: string,
  ): Promise<void> {
    const spans = await this.traces.spansOf(id);
    if (spans.length === 0)
      throw new NotFoundException(
        `No span of trace ${id} is stored: it never arrived, or it was dropped as one of the oldest.`,
      );
    if (span !== undefined && !spans.some(({ spanId }) => spanId === span))
      throw new NotFoundException(
        `Trace ${id} has no span "${span}": open the trace without ?span= to see those it has.`,
      );
    await reply.headers(PAGE_HEADERS).send(tracePage(spans, levelOf(level), span));
  }

  /** Sends on to the original lines of a hop. */
  @Get('source')
  @Redirect()
  source(@Query('hop') hop = ''): { url: string } {
    if (!findEntry(hop))
      throw new NotFoundException(`No hop "${hop}" is in the catalogue; \`bootlab hop list\` shows all.`);
    return { url: sourceUrl(getEntry(hop)) };
  }
}

function levelOf(text: string | undefined): Level | undefined {
  if (text === undefined || LEVELS.includes(text as Level)) return text as Level | undefined;
  throw new BadRequestException(`level is "${text}"; it takes ${LEVELS.join(', ')}.`);
}

function tagsOf(text: string | undefined): ReadonlyMap<string, string> {
  if (text === undefined) return new Map();
  const [, key, value] = /^([^:=]+)[:=](.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new BadRequestException(`tag is "${text}"; it takes key:value.`);
  return new Map([[key, value]]);
}
