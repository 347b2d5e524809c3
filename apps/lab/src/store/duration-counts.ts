import type { SpanKind } from '@bootlab/trace-model';
import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { LAB_DATABASE, LabDatabase } from './lab-database';

export interface DurationFilter {
  service: string;
  kinds: readonly SpanKind[];
  startMicros: number;
  endMicros: number;
  stepMicros: number;
}

/** Spans of one operation that began in one step and took about as long as one another. */
export interface DurationCount {
  operation: string;
  /** Steps after the start. */
  step: number;
  /** To three digits. */
  micros: number;
  spans: number;
  errors: number;
}

@Injectable()
export class DurationCounts {
  constructor(@Inject(LAB_DATABASE) private readonly db: LabDatabase) {}

  /** How long the spans of a service took, counted per step of time. */
  async count({ service, kinds, startMicros, endMicros, stepMicros }: DurationFilter): Promise<DurationCount[]> {
    const operations = this.db
      .selectFrom('operations')
      .select('id')
      .where('service', '=', service)
      .where('kind', 'in', kinds);
    const { rows } = await sql<DurationCount>`
      select name as operation, step, micros, sum(spans) as spans, sum(errors) as errors
      from (
        select operation,
          cast((start_micros - ${startMicros}) / ${stepMicros} as integer) as step,
          case
            when duration_micros < 1000 then duration_micros
            when duration_micros < 100000 then duration_micros / 100 * 100
            when duration_micros < 10000000 then duration_micros / 10000 * 10000
            else duration_micros / 1000000 * 1000000
          end as micros,
          count(*) as spans, sum(error) as errors
        from spans
        where operation in (${operations}) and start_micros >= ${startMicros} and start_micros < ${endMicros}
        group by 1, 2, 3
      ) join operations on operations.id = operation
      group by 1, 2, 3 order by 1, 2, 3`.execute(this.db);
    return rows;
  }
}
