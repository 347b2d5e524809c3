import { lockRows } from '@bootlab/database';
import type { Session } from './models';

/** Lets nobody else change the image, its properties, locations or members until the transaction ends. */
export async function lockImage(session: Session, imageId: string): Promise<void> {
  await lockRows(session, session.selectFrom('images').select('id').where('id', '=', imageId));
}
