import { Insertable, Kysely, sql } from 'kysely';
import type { ImagesTable, Tables } from '../../apps/registry/src/db/sqlalchemy/models';

const FORMATS = ['raw', 'qcow2', 'vmdk', 'iso'];
const ROWS_A_STATEMENT = 500;
const FIRST = Date.UTC(2018, 0, 1);

/** Image number `n`: one of 100 projects', every tenth public, every hundredth not active yet. */
function imageRow(n: number): Insertable<ImagesTable> {
  const created = new Date(FIRST + n * 1000).toISOString().replace('Z', '000');
  return {
    id: `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
    name: n % 50 === 0 ? null : `image-${(n * 7919) % 100_003}`,
    disk_format: FORMATS[n % 4],
    container_format: 'bare',
    size: ((n * 104_729) % 1_000_003) * 1024,
    status: n % 100 === 0 ? 'queued' : 'active',
    visibility: n % 10 === 0 ? 'public' : 'shared',
    min_disk: 0,
    min_ram: 0,
    owner: `project-${n % 97}`,
    protected: 0,
    created_at: created,
    updated_at: created,
  };
}

const ANALYZE = {
  sqlite: 'analyze',
  mysql: 'analyze table images, image_properties, image_locations, image_members',
  postgresql: 'analyze',
};

/** Fills glance's database with images, each with one property and one location, every fifth shared with a project, and lets the engine look at how they are distributed. */
export async function fillImages(db: Kysely<Tables>, engine: keyof typeof ANALYZE, count: number): Promise<void> {
  for (let from = 0; from < count; from += ROWS_A_STATEMENT) {
    const rows = Array.from({ length: Math.min(ROWS_A_STATEMENT, count - from) }, (_, index) => imageRow(from + index));
    const child = ({ id, created_at }: Insertable<ImagesTable>) => ({ image_id: id, created_at });
    await db.transaction().execute(async (session) => {
      await session.insertInto('images').values(rows).execute();
      const properties = rows.map((row) => ({ ...child(row), name: 'os_distro', value: 'debian' }));
      await session.insertInto('image_properties').values(properties).execute();
      const shared = rows.filter(({ visibility }, index) => index % 5 === 1 && visibility === 'shared');
      const members = shared.map((row, index) => ({
        ...child(row),
        member: `project-${(from + index) % 97}`,
        can_share: 0 as const,
      }));
      if (members.length > 0) await session.insertInto('image_members').values(members).execute();
      const locations = rows.map((row) => ({ ...child(row), value: `file:///${row.id}`, meta_data: '{}', status: 'active' })); // prettier-ignore
      await session.insertInto('image_locations').values(locations).execute();
    });
  }
  await sql.raw(ANALYZE[engine]).execute(db);
}
