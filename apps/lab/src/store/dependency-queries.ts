import { Inject, Injectable } from '@nestjs/common';
import { CompiledQuery } from 'kysely';
import { LAB_DATABASE, LabDatabase } from './lab-database';

export interface DependencyLink {
  parent: string;
  child: string;
  callCount: number;
}

/** More than there are operations. */
const SHIFT = 2 ** 26;

/*
 * Counts by one number first, since sorting a million pairs of names takes longer than finding them. The order of the joins
 * goes through each trace once, which SQLite would not choose by itself.
 */
const LINKS = `
  select parents.service as parent, children.service as child, sum(calls) as callCount
  from (
    select caller.operation * ${SHIFT} + span.operation as pair, count(*) as calls
    from traces
    cross join spans as span on span.trace = number
    cross join spans as caller on caller.trace = number and caller.span_id = span.parent_span_id
    where traces.start_micros >= ? and traces.end_micros <= ?
    group by pair
  )
  join operations as parents on parents.id = pair / ${SHIFT}
  join operations as children on children.id = pair % ${SHIFT}
  where parents.service <> children.service
  group by parent, child order by parent, child`;

@Injectable()
export class DependencyQueries {
  constructor(@Inject(LAB_DATABASE) private readonly db: LabDatabase) {}

  /** Pairs of a span and its child in the traces that lie between two points in time, by service; calls within one are left out. */
  async between(startMicros: number, endMicros: number): Promise<DependencyLink[]> {
    return (await this.db.executeQuery<DependencyLink>(CompiledQuery.raw(LINKS, [startMicros, endMicros]))).rows;
  }
}
