import { Inject, Injectable } from '@nestjs/common';
import { CompiledQuery } from 'kysely';
import { LAB_DATABASE, LabDatabase } from './lab-database';

export interface DependencyLink {
  parent: string;
  child: string;
  callCount: number;
}

const LINKS = `
  select parents.service as parent, children.service as child, count(*) as callCount
  from traces
  join spans as span on span.trace = number
  join spans as caller on caller.trace = number and caller.span_id = span.parent_span_id
  join operations as children on children.id = span.operation
  join operations as parents on parents.id = caller.operation
  where traces.start_micros >= ? and traces.end_micros <= ?
  group by parent, child order by parent, child`;

@Injectable()
export class DependencyQueries {
  constructor(@Inject(LAB_DATABASE) private readonly db: LabDatabase) {}

  /** Pairs of a span and its child in the traces that lie between two points in time, by service. */
  async between(startMicros: number, endMicros: number): Promise<DependencyLink[]> {
    return (await this.db.executeQuery<DependencyLink>(CompiledQuery.raw(LINKS, [startMicros, endMicros]))).rows;
  }
}
