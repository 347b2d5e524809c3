import { BadRequestException, Controller, Get, Param, Query, UseFilters, UseInterceptors } from '@nestjs/common';
import { OperationQueries } from '../store/operation-queries';
import { structured } from './envelope';
import { PrettyPrint } from './pretty-print.interceptor';
import { oneOf, QueryString } from './query-string';
import { V1Filter } from './v1.filter';

/** Services and operations in Jaeger's first query API. */
@Controller('api')
@UseFilters(V1Filter)
@UseInterceptors(PrettyPrint)
export class NamesV1Controller {
  constructor(private readonly queries: OperationQueries) {}

  @Get('services')
  async services() {
    const services = await this.queries.services();
    return structured(services, services.length);
  }

  @Get('services/:service/operations')
  async names(@Param('service') service: string) {
    const operations = await this.queries.operations(service);
    const names = [...new Set(operations.map(({ name }) => name))];
    return structured(names, names.length);
  }

  @Get('operations')
  async operations(@Query() query: QueryString) {
    const { text: service } = oneOf(query, 'service');
    if (service === undefined) throw new BadRequestException("parameter 'service' is required");
    const operations = await this.queries.operations(service, oneOf(query, 'spanKind').text);
    return structured(
      operations.map(({ name, kind }) => ({ name, spanKind: kind })),
      operations.length,
    );
  }
}
