import { openDatabase } from '@bootlab/database';
import { databases, OwnDatabase } from '../../../../test/support/databases';
import { Flavors } from '../objects/flavors';
import { novaMigrations } from './migrations';
import type { NovaSchema } from './schema';

describe.each(databases())("nova's database in $name", ({ create }) => {
  let own: OwnDatabase;
  const open = () => openDatabase<NovaSchema>(own.url, { migrations: novaMigrations });

  beforeAll(async () => {
    own = await create();
  });
  afterAll(() => own.drop());

  it("has DevStack's flavors, once, whoever of two processes makes it", async () => {
    const both = await Promise.all([open(), open()]);
    const flavors = await new Flavors(both[1]).list();
    expect(flavors.map(({ flavorid, name }) => `${flavorid} ${name}`)).toEqual([
      '1 m1.tiny',
      '2 m1.small',
      '3 m1.medium',
      '4 m1.large',
      '42 m1.nano',
      '5 m1.xlarge',
      '84 m1.micro',
      'c1 cirros256',
      'd1 ds512M',
      'd2 ds1G',
      'd3 ds2G',
      'd4 ds4G',
    ]);
    expect(flavors[1]).toMatchObject({ memory_mb: 2048, root_gb: 20, vcpus: 1, is_public: true, extra_specs: {} });
    await expect(new Flavors(both[0]).getByFlavorId('m1.tiny')).rejects.toThrow('Flavor m1.tiny could not be found');
    await Promise.all(both.map((db) => db.destroy()));
  });
});
