import { Inject, Injectable } from '@nestjs/common';
import { LAB_DATABASE, LabDatabase } from './lab-database';

export interface Operation {
  name: string;
  kind: string;
}

/** Services and operations that were ever heard of, as Jaeger never forgets one. */
@Injectable()
export class OperationQueries {
  constructor(@Inject(LAB_DATABASE) private readonly db: LabDatabase) {}

  /** By name. */
  async services(): Promise<string[]> {
    const rows = await this.db.selectFrom('operations').select('service').distinct().orderBy('service').execute();
    return rows.map(({ service }) => service);
  }

  /** By name, then by kind; those of one kind when it is given. */
  async operations(service: string, kind?: string): Promise<Operation[]> {
    let query = this.db.selectFrom('operations').select(['name', 'kind']).where('service', '=', service);
    if (kind !== undefined) query = query.where('kind', '=', kind.toLowerCase());
    return query.orderBy('name').orderBy('kind').execute();
  }
}
