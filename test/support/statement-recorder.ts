import { CompiledQuery, createQueryId, Kysely, KyselyPlugin, RootOperationNode } from 'kysely';

/** Notes the statements that go through it. */
export class StatementRecorder implements KyselyPlugin {
  readonly #nodes: RootOperationNode[] = [];

  transformQuery({ node }: Parameters<KyselyPlugin['transformQuery']>[0]): RootOperationNode {
    this.#nodes.push(node);
    return node;
  }

  transformResult({ result }: Parameters<KyselyPlugin['transformResult']>[0]) {
    return Promise.resolve(result);
  }

  /** Those since the last time, as they are sent to this database. */
  take<DB>(db: Kysely<DB>): CompiledQuery[] {
    return this.#nodes.splice(0).map((node) => db.getExecutor().compileQuery(node, createQueryId()));
  }
}
