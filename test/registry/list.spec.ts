import { randomUUID } from 'node:crypto';
import { databases } from '../support/databases';
import { admin, alice, ask, bob, Json, make, names, nobody, useRegistry } from './support/registry';

describe.each(databases())('glance-registry over $name', ({ create }) => {
  useRegistry(create);

  describe('GET /images and /images/detail', () => {
    beforeEach(async () => {
      for (const [name, size] of [
        ['a', 10],
        ['b', 20],
        ['c', 30],
      ] as const) {
        const values = { name, size, disk_format: name === 'a' ? 'raw' : 'qcow2', min_ram: size };
        await make(alice, { ...values, is_public: name !== 'c', properties: { letter: name } });
      }
      await make(alice, { name: 'dead', status: 'killed', is_public: true });
      await make(bob, { name: 'bobs', protected: true });
    });

    it('lists six fields, or all', async () => {
      const { json } = await ask(alice, 'GET', '/images?name=a');
      expect(json['images']).toEqual([
        { id: expect.any(String), name: 'a', size: 10, disk_format: 'raw', container_format: null, checksum: null },
      ]);
      const detail = await ask(alice, 'GET', '/images/detail?name=a');
      expect(detail.json['images']).toMatchObject([
        { status: 'queued', properties: { letter: 'a' }, location_data: [] },
      ]);
      expect((await ask(alice, 'GET', '/?name=a')).json).toEqual(json);
    });

    it('shows users what is public and their own, without killed images', async () => {
      expect((await names(alice, 'sort_key=name&sort_dir=asc')).join()).toBe('a,b,c');
      expect((await names(bob, 'sort_key=name&sort_dir=asc')).join()).toBe('a,b,bobs');
      expect((await names(nobody, 'sort_key=name&sort_dir=asc')).join()).toBe('a,b');
    });

    it('shows administrators what is_public asks for', async () => {
      expect((await names(admin, 'sort_key=name&sort_dir=asc')).join()).toBe('a,b');
      expect((await names(admin, 'sort_key=name&sort_dir=asc&is_public=False')).join()).toBe('bobs,c');
      expect((await names(admin, 'sort_key=name&sort_dir=asc&is_public=None')).join()).toBe('a,b,bobs,c');
    });

    it.each([
      ['name=b', 'b'],
      ['name=in:a,b', 'a,b'],
      ['name=eq:c', 'c'],
      ['disk_format=qcow2', 'b,c'],
      ['status=active', ''],
      ['size_min=20', 'b,c'],
      ['size_max=20', 'a,b'],
      ['min_ram=30', 'c'],
      ['property-letter=b', 'b'],
      ['property-letter=b&property-no=b', ''],
      ['protected=true', ''],
      ['changes-since=2001-01-01T00:00:00Z', 'a,b,c,dead'],
      ['changes-since=2999-01-01T00:00:00%2B02:00', ''],
    ])('filters by %s', async (query, found) => {
      expect((await names(alice, `${query}&sort_key=name&sort_dir=asc`)).join()).toBe(found);
    });

    it.each([
      'limit=x',
      'limit=-1',
      'marker=x',
      `marker=${randomUUID()}`,
      'sort_key=owner',
      'sort_dir=up',
      'protected=maybe',
      'changes-since=yesterday',
      'size_min=big',
      'name=like:a',
    ])('answers 400 to %s', async (query) => {
      expect((await ask(alice, 'GET', `/images?${query}`)).status).toBe(400);
    });

    it('answers 400 to an is_public that is none, from an administrator', async () => {
      expect((await ask(admin, 'GET', '/images?is_public=perhaps')).status).toBe(400);
    });

    it.each(['name', 'size', 'created_at', 'updated_at', 'id', 'status', 'disk_format', 'container_format'])(
      'pages by marker in the order of %s, both ways',
      async (key) => {
        for (const dir of ['asc', 'desc']) {
          const all = (await ask(alice, 'GET', `/images?sort_key=${key}&sort_dir=${dir}`)).json['images'] as Json[];
          const paged: Json[] = [];
          for (let marker = ''; paged.length < all.length; marker = `&marker=${paged.at(-1)?.['id']}`) {
            const { json } = await ask(alice, 'GET', `/images?limit=1&sort_key=${key}&sort_dir=${dir}${marker}`);
            expect(json['images']).toHaveLength(1);
            paged.push(...(json['images'] as Json[]));
          }
          expect(paged).toEqual(all);
        }
      },
    );

    it('refuses a marker that the caller cannot see', async () => {
      const { json } = await ask(bob, 'GET', '/images?name=bobs');
      const [{ id }] = json['images'] as [Json];
      expect((await ask(alice, 'GET', `/images?marker=${id}`)).status).toBe(400);
    });

    it('starts with the newest and keeps to the limits', async () => {
      expect((await names(alice, '')).join()).toBe('c,b,a');
      expect(await names(alice, 'limit=2')).toHaveLength(2);
      expect(await names(alice, 'limit=0')).toHaveLength(0);
      expect(await names(alice, 'limit=5000')).toHaveLength(3);
    });
  });
});
