import { Instance, newInstance, NewInstance, StateUpdates } from '@bootlab/nova';
import { Flavors, Instances, InstanceMappings, NovaDatabase } from '@bootlab/nova-db';
import { randomUUID } from 'node:crypto';

/** Makes the row of an instance as the conductor does. */
export async function addInstance(db: NovaDatabase, values: Partial<NewInstance> = {}): Promise<Instance> {
  const uuid = values.uuid ?? randomUUID();
  const flavor = await new Flavors(db).getByFlavorId('1');
  const mappings = new InstanceMappings(db);
  if (!(await mappings.getByInstanceUuid(uuid))) {
    await mappings.create({ instance_uuid: uuid, project_id: values.project_id ?? null, cell: null });
  }
  const instance = await new Instances(db, new StateUpdates()).create(
    newInstance({ display_name: 'made', vm_state: 'active', flavor, ...values, uuid }),
  );
  await mappings.setCell(uuid, 'cell1');
  return instance;
}
