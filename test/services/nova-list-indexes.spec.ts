import { openDatabase } from '@bootlab/database';
import { StateUpdates } from '@bootlab/nova';
import {
  BlockDevices,
  BuildRequests,
  InstanceActionEvents,
  InstanceFaults,
  InstanceMappings,
  Instances,
  instanceUpdate,
  novaMigrations,
  NovaSchema,
  Quotas,
} from '@bootlab/nova-db';
import { RequestContext, vmStates } from '@bootlab/openstack';
import { Kysely } from 'kysely';
import { ServerFilters, ServerList } from '../../apps/compute-api/src/compute/list';
import { databases, OwnDatabase } from '../support/databases';
import { fillInstances, growing, isDeleted, uuidOf } from '../support/many-instances';
import { wasteOf } from '../support/query-plan';
import { StatementRecorder } from '../support/statement-recorder';

const INSTANCES = 30_000;
const LIVE = 15_003;
const PAGE = 25;

describe.each(databases())(`nova's lists of ${INSTANCES} instances in $name`, ({ name: engine, create }) => {
  let own: OwnDatabase;
  let plain: Kysely<NovaSchema>;
  let db: Kysely<NovaSchema>;
  const recorder = new StatementRecorder();

  beforeAll(async () => {
    own = await create();
    plain = await openDatabase<NovaSchema>(own.url, { migrations: novaMigrations });
    await fillInstances(plain, engine, INSTANCES);
    db = plain.withPlugin(recorder);
  }, 180_000);
  afterAll(async () => {
    await plain.destroy();
    await own.drop();
  }, 60_000);

  /** How the statements of `work` are run: those that scan a table or, for pages, sort. */
  async function wastesOf(work: () => Promise<unknown>, paged = false): Promise<unknown[]> {
    recorder.take(plain);
    await work();
    const queries = recorder.take(plain);
    expect(queries).not.toEqual([]);
    const wastes = [];
    for (const query of queries) {
      const waste = await wasteOf(plain, engine, query);
      const scanned = waste.scanned.filter((table) => growing.includes(table));
      const sorts = paged && waste.sorts;
      if (scanned.length > 0 || sorts) wastes.push({ sql: query.sql, scanned, sorts });
    }
    return wastes;
  }

  const one: ServerFilters[] = [
    {},
    { vmState: vmStates.ERROR },
    { vmState: vmStates.STOPPED },
    { imageRef: 'image-7' },
    { imageRef: 'image-none' },
    { flavor: 3 },
    { host: 'compute7' },
    { reservationId: 'r-7501' },
    { name: 'vm-15' },
  ];
  const lists = one.flatMap((filters) =>
    [undefined, 'project-42'].flatMap((projectId) =>
      [undefined, uuidOf(LIVE)].map((marker) => ({ ...filters, projectId, marker })),
    ),
  );

  it.each(lists)('read an index for servers by %j', async ({ marker, ...filters }) => {
    expect(isDeleted(LIVE)).toBe(false);
    const list = new ServerList(db, new BuildRequests(db), new InstanceFaults(db));
    expect(await wastesOf(() => list.list(filters, { limit: PAGE, marker }), true)).toEqual([]);
  });

  const uuid = uuidOf(LIVE);
  const user = new RequestContext({
    userId: 'u',
    projectId: 'project-42',
    roles: ['member'],
    requestId: `req-${LIVE}`,
  });
  const others: [string, () => Promise<unknown>][] = [
    ['the instances of a host', () => new Instances(db, new StateUpdates()).getByHost('compute7')],
    ['the instances on their way to a host', () => new Instances(db, new StateUpdates()).getOnTheWay('compute7')],
    ['an instance', () => new Instances(db, new StateUpdates()).getByUuid(uuid)],
    ['a change of an instance', () => instanceUpdate(db, uuid, { progress: 1 }, { vm_state: [vmStates.ACTIVE], task_state: [null] })], // prettier-ignore
    ['the mapping of an instance', () => new InstanceMappings(db).getByInstanceUuid(uuid)],
    ['a change of a mapping', () => new InstanceMappings(db).setCell(uuid, 'cell1')],
    ['the faults of a page', () => new InstanceFaults(db).getLatestForInstances([uuid, uuidOf(4), uuidOf(9)])],
    ['the disks of an instance', () => new BlockDevices(db).getByInstanceUuid(uuid)],
    ['the event of an action', () => new InstanceActionEvents(db).eventFinishWithFailure(user, uuid, 'build', { message: 'no', traceback: '' })], // prettier-ignore
    ['the build requests of a project', () => new BuildRequests(db).list('project-42')],
    ['a build request', () => new BuildRequests(db).getByInstanceUuid(uuidOf(300))],
    ['build requests that are left', () => new BuildRequests(db).present([uuidOf(300), uuid])],
    ['what a project uses', () => new Quotas(db).count('project-42')],
  ];

  it.each(others)('read an index for %s', async (_, work) => {
    expect(await wastesOf(work)).toEqual([]);
  });
});
