import type { Span } from '@bootlab/trace-model';
import { Inject, Injectable } from '@nestjs/common';
import { LAB_DATABASE, LabDatabase } from './lab-database';

const REMEMBERED = 20_000;

/** Numbers for what spans are called. Rows are never dropped, as Jaeger never forgets a service or an operation. */
@Injectable()
export class Operations {
  readonly #ids = new Map<string, number>();

  constructor(@Inject(LAB_DATABASE) private readonly db: LabDatabase) {}

  /** Makes sure that {@link idOf} knows the operation of each of these spans. */
  async prepare(spans: readonly Span[]): Promise<void> {
    if (this.#ids.size > REMEMBERED) this.#ids.clear();
    for (const span of spans) {
      const key = keyOf(span);
      if (!this.#ids.has(key)) this.#ids.set(key, await this.#store(span));
    }
  }

  idOf(span: Span): number {
    return this.#ids.get(keyOf(span))!;
  }

  async #store({ service, name, kind }: Span): Promise<number> {
    const { id } = await this.db
      .insertInto('operations')
      .values({ service, name, kind })
      .onConflict((conflict) => conflict.columns(['service', 'name', 'kind']).doUpdateSet({ kind }))
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }
}

function keyOf({ service, name, kind }: Span): string {
  return `${kind}\n${service}\n${name}`;
}
