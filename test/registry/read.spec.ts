import { RequestContext } from '@bootlab/openstack';
import { randomUUID } from 'node:crypto';
import { databases } from '../support/databases';
import { admin, alice, ask, bob, Json, make, nobody, useRegistry } from './support/registry';

describe.each(databases())('glance-registry over $name', ({ create }) => {
  useRegistry(create);

  describe('GET /images/{id}', () => {
    it('is a 404 for what is not there and for what may not be seen', async () => {
      const { id } = await make(alice);
      expect((await ask(bob, 'GET', `/images/${id}`)).status).toBe(404);
      expect((await ask(nobody, 'GET', `/images/${id}`)).status).toBe(404);
      expect((await ask(alice, 'GET', `/images/${randomUUID()}`)).status).toBe(404);
      expect((await ask(alice, 'GET', `/images/${'x'.repeat(40)}`)).status).toBe(404);
      expect((await ask(admin, 'GET', `/images/${id}`)).status).toBe(200);
    });

    it('shows public images and those of nobody to all', async () => {
      const open = await make(alice, { is_public: true });
      const unowned = await make(admin);
      for (const { id } of [open, unowned]) {
        expect((await ask(nobody, 'GET', `/images/${id}`)).status).toBe(200);
      }
    });

    it('hides the locations of a deactivated image from users', async () => {
      const { id } = await make(alice, { status: 'deactivated', location: 'file:///a' });
      expect((await ask(alice, 'GET', `/images/${id}`)).json['image']).toMatchObject({
        location: null,
        location_data: [],
      });
      expect((await ask(admin, 'GET', `/images/${id}`)).json['image']).toMatchObject({ location: 'file:///a' });
    });

    it('takes the first active of several locations', async () => {
      const { id } = await make(alice, {
        location_data: [
          { url: 'file:///gone', metadata: {}, status: 'pending_delete' },
          { url: 'file:///here', metadata: { zone: 'a' }, status: 'active' },
          { url: 'file:///there', metadata: {}, status: 'active' },
        ],
        properties: { a: '1', b: '2' },
      });
      const { image } = (await ask(alice, 'GET', `/images/${id}`)).json as { image: Json };
      expect(image['location']).toBe('file:///here');
      expect((image['location_data'] as Json[]).map(({ url }) => url as string)).toEqual([
        'file:///here',
        'file:///there',
      ]);
      expect(image['properties']).toEqual({ a: '1', b: '2' });
    });

    it('answers with the id of the request, below /v1 too', async () => {
      const { id } = await make(alice);
      const asking = new RequestContext({ ...alice.toJSON(), requestId: 'req-42' });
      const { status, headers } = await ask(asking, 'GET', `/v1/images/${id}`);
      expect([status, headers.get('x-openstack-request-id')]).toEqual([200, 'req-42']);
    });
  });

  describe('other methods and paths', () => {
    it.each([
      ['POST', '/images/x/members', 'GET, PUT'],
      ['GET', '/images/x/members/y', 'PUT, DELETE'],
      ['DELETE', '/images', 'GET, POST'],
      ['POST', '/v1/images/x', 'GET, PUT, DELETE'],
    ])('answer 405 to %s %s', async (method, path, allow) => {
      const { status, headers } = await ask(alice, method, path);
      expect([status, headers.get('allow')]).toEqual([405, allow]);
    });

    it('answer 404 to a path that is none', async () => {
      expect((await ask(alice, 'GET', '/flavors')).status).toBe(404);
    });
  });
});
