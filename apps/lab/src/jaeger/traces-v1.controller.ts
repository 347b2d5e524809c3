import {
  JaegerTrace,
  NO_SERVICE_NAME,
  OtlpError,
  Span,
  spansFromOtlp,
  toJaeger,
  UNKNOWN_SERVICE,
} from '@bootlab/trace-model';
import {
  BadRequestException,
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { UseFilters, UseInterceptors } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { SpanReceiver } from '../otlp/span-receiver';
import { SpanWriter } from '../store/span-writer';
import { Structured, structured, StructuredError } from './envelope';
import { FoundTraces } from './found-traces.service';
import { PrettyPrint } from './pretty-print.interceptor';
import { allOf, QueryString, traceIdOf, truth, wholeNumber } from './query-string';
import { searchV1 } from './search-query';
import { V1Filter } from './v1.filter';

/** Traces in Jaeger's first query API. */
@Controller('api')
@UseFilters(V1Filter)
@UseInterceptors(PrettyPrint)
export class TracesV1Controller {
  constructor(
    private readonly found: FoundTraces,
    private readonly writer: SpanWriter,
    private readonly receiver: SpanReceiver,
  ) {}

  @Get('traces')
  async search(@Query() query: QueryString): Promise<Structured<JaegerTrace[]>> {
    const ids = allOf(query, 'traceID').map(traceIdOf);
    if (ids.length > 0) return this.#byIds(ids, truth(query, 'raw'));
    const search = searchV1(query);
    const { traces, left } = await this.found.find(search);
    const errors = left === 0 ? null : [{ msg: `${left} more traces match, but are too large for one answer` }];
    return structured(jaegerTraces(traces, search.raw), 0, errors);
  }

  @Get('traces/:id')
  async show(@Param('id') text: string, @Query() query: QueryString): Promise<Structured<JaegerTrace[]>> {
    // Only checked, as by Jaeger's own store in memory.
    wholeNumber(query, 'start');
    wholeNumber(query, 'end');
    const id = traceIdOf(text);
    const trace = (await this.found.byIds([id])).get(id);
    if (!trace) throw new NotFoundException('trace not found');
    return structured(jaegerTraces([trace], truth(query, 'raw')));
  }

  /** An archived trace is never dropped. */
  @Post('archive/:id')
  @HttpCode(200)
  async archive(@Param('id') text: string): Promise<Structured<[]>> {
    if (!(await this.writer.keep(traceIdOf(text)))) throw new NotFoundException('trace not found');
    return structured([], 0, []);
  }

  /** OTLP/JSON → Jaeger's JSON; nothing is stored. */
  @Post('transform')
  @HttpCode(200)
  async transform(
    @Body() body: Readable | undefined,
    @Headers('content-encoding') encoding: string | undefined,
  ): Promise<Structured<JaegerTrace[]>> {
    try {
      const spans = await this.receiver.read({ body, encoding }, (bytes) =>
        spansFromOtlp(JSON.parse(bytes.toString())),
      );
      return structured(toJaeger(spans.map(nameless), { raw: true }).data);
    } catch (error) {
      if (!(error instanceof OtlpError || error instanceof SyntaxError)) throw error;
      throw new BadRequestException(`cannot unmarshal OTLP: ${error.message}`);
    }
  }

  async #byIds(ids: readonly string[], raw: boolean): Promise<Structured<JaegerTrace[]>> {
    const traces = await this.found.byIds(ids);
    const missing = [...new Set(ids)].filter((id) => !traces.has(id));
    const errors = missing.map((traceID): StructuredError => ({ msg: 'trace not found', traceID }));
    return structured(jaegerTraces(traces.values(), raw), 0, errors.length > 0 ? errors : null);
  }
}

/** What is only converted does not get the name by which it would be stored. */
function nameless(span: Span): Span {
  return span.service === UNKNOWN_SERVICE ? { ...span, service: NO_SERVICE_NAME } : span;
}

function jaegerTraces(traces: Iterable<readonly Span[]>, raw: boolean): JaegerTrace[] {
  return [...traces].flatMap((spans) => toJaeger(spans, { raw }).data);
}
