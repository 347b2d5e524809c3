import type { CompiledQuery } from 'kysely';
import { JoinedRow, selectJoined } from './image-rows';
import type { GlanceDb } from './models';

const ID = 'the id of an image';

/** Building this query takes longer than running it, so it is built once for a database. */
const built = new WeakMap<object, Record<'all' | 'kept', CompiledQuery<JoinedRow>>>();

function queries(db: GlanceDb) {
  const { adapter } = db.getExecutor();
  let known = built.get(adapter);
  if (!known) {
    const byId = selectJoined(db).where('images.id', '=', ID);
    known = { all: byId.compile(), kept: byId.where('images.deleted', '=', 0).compile() };
    built.set(adapter, known);
  }
  return known;
}

/** The joined rows of one image, in one statement. */
export async function selectById(db: GlanceDb, imageId: string, showDeleted: boolean): Promise<JoinedRow[]> {
  const query = queries(db)[showDeleted ? 'all' : 'kept'];
  const parameters = query.parameters.map((parameter) => (parameter === ID ? imageId : parameter));
  const { rows } = await db.executeQuery<JoinedRow>({ ...query, parameters });
  return rows;
}
