import { Instance, newInstance } from '@bootlab/nova';
import { instanceCodec, Flavors, NovaSchema } from '@bootlab/nova-db';
import { vmStates } from '@bootlab/openstack';
import { Insertable, Kysely, sql } from 'kysely';
import type { TestDatabase } from './databases';

const ROWS_A_STATEMENT = 250;
const FIRST = Date.UTC(2018, 0, 1);
const HOSTS = 50;

const host = (n: number) => `compute${n % HOSTS}`;
/** Uuid of instance number `n`. */
export const uuidOf = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
/** Three of five are deleted, as in a cloud that has run for a while. */
export const isDeleted = (n: number) => n % 5 < 3;

/** Everything that nova keeps of instance number `n`. */
function rowsOf(n: number, flavor: Instance['flavor']) {
  const uuid = uuidOf(n);
  const waits = n % 300 === 0;
  const at = new Date(FIRST + n * 1000).toISOString();
  const dated = { created_at: at, updated_at: at };
  const gone = { deleted: isDeleted(n) ? n + 1 : 0, deleted_at: isDeleted(n) ? at : null };
  const project_id = `project-${n % 97}`;
  const instance = newInstance({
    uuid,
    flavor,
    project_id,
    display_name: `vm-${n}`,
    image_ref: `image-${n % 40}`,
    reservation_id: `r-${n >> 1}`,
    vm_state: n % 50 === 0 ? vmStates.ERROR : vmStates.ACTIVE,
    host: host(n),
    created_at: at,
  });
  const { vcpus, memory_mb, root_gb: disk_gb } = instance;
  const bare = { instance_uuid: uuid, ...dated };
  return {
    instances: waits ? undefined : { ...instanceCodec.toRow({ ...instance, updated_at: at }), ...gone },
    instance_mappings: { ...bare, project_id, cell: 'cell1' },
    request_specs: { ...bare, spec: '{}' },
    instance_faults: { ...bare, code: 500, message: 'broken', details: null, host: host(n) },
    instance_actions: { ...bare, action: 'create', request_id: `req-${n}`, start_time: at },
    instance_actions_events: { ...dated, event: 'build', action_id: n + 1, start_time: at },
    block_device_mapping: { ...bare, ...gone, uuid, source_type: 'image', destination_type: 'local', delete_on_termination: 1, no_device: 0 }, // prettier-ignore
    allocations: isDeleted(n) ? undefined : { consumer_uuid: uuid, host: host(n), vcpus, memory_mb, disk_gb },
    build_requests: waits ? { ...bare, project_id, instance: JSON.stringify(instance), block_device_mappings: '[]', tags: '[]' } : undefined, // prettier-ignore
    tags: { resource_id: uuid, tag: 'one' },
  };
}

const tables = Object.keys(rowsOf(0, {} as Instance['flavor'])) as (keyof ReturnType<typeof rowsOf>)[];
/** Those that grow with the number of instances. Build requests only stand for a moment. */
export const growing: string[] = tables.filter((table) => table !== 'build_requests');

/** Fills nova's database with so many instances and all that belongs to them, and lets the engine look at how they are distributed. */
export async function fillInstances(
  db: Kysely<NovaSchema>,
  engine: TestDatabase['name'],
  count: number,
): Promise<void> {
  const flavors = await new Flavors(db).list();
  for (let from = 0; from < count; from += ROWS_A_STATEMENT) {
    const numbers = Array.from({ length: Math.min(ROWS_A_STATEMENT, count - from) }, (_, index) => from + index);
    const all = numbers.map((n) => rowsOf(n, flavors[n % flavors.length]!));
    await db.transaction().execute(async (session) => {
      for (const table of tables) {
        const rows = all.flatMap((row) => row[table] ?? []) as Insertable<NovaSchema[typeof table]>[];
        if (rows.length > 0) await session.insertInto(table).values(rows).execute(); // prettier-ignore
      }
    });
  }
  await sql.raw(engine === 'mysql' ? `analyze table ${tables.join(', ')}` : 'analyze').execute(db);
}
