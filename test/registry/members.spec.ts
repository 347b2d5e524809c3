import { databases } from '../support/databases';
import { admin, alice, ask, bob, Json, make, names, nobody, useRegistry } from './support/registry';

describe.each(databases())('glance-registry over $name', ({ create }) => {
  useRegistry(create);

  describe('members', () => {
    let id: string;
    const members = async (context = alice) =>
      (await ask(context, 'GET', `/images/${id}/members`)).json['members'] as Json[];

    beforeEach(async () => {
      id = (await make(alice, { name: 'shared' }))['id'] as string;
    });

    it('share an image with a project', async () => {
      expect((await ask(alice, 'PUT', `/images/${id}/members/builders`)).status).toBe(204);
      expect(await members()).toEqual([{ member_id: 'builders', can_share: false }]);
      expect((await ask(bob, 'GET', `/images/${id}`)).status).toBe(200);
      expect((await names(bob, '')).join()).toBe('shared');
      const { json } = await ask(bob, 'GET', '/shared-images/builders');
      expect(json).toEqual({ shared_images: [{ image_id: id, can_share: false }] });
      expect((await ask(bob, 'PUT', `/images/${id}`, { image: { name: 'mine' } })).status).toBe(404);
    });

    it('pass it on only when they may', async () => {
      const share = () => ask(bob, 'PUT', `/images/${id}/members/others`);
      expect((await share()).status).toBe(404);
      await ask(alice, 'PUT', `/images/${id}/members/builders`);
      expect((await share()).status).toBe(403);
      await ask(alice, 'PUT', `/images/${id}/members/builders`, { member: { can_share: true } });
      expect((await share()).status).toBe(204);
      expect(await members(admin)).toHaveLength(2);
    });

    it('go, and come back', async () => {
      await ask(alice, 'PUT', `/images/${id}/members/builders`);
      expect((await ask(alice, 'DELETE', `/images/${id}/members/builders`)).status).toBe(204);
      expect((await ask(alice, 'DELETE', `/images/${id}/members/builders`)).status).toBe(404);
      expect((await ask(bob, 'GET', `/images/${id}`)).status).toBe(404);
      await ask(alice, 'PUT', `/images/${id}/members/builders`);
      expect(await members()).toHaveLength(1);
    });

    it('are replaced as a whole', async () => {
      await ask(alice, 'PUT', `/images/${id}/members/old`);
      await ask(alice, 'PUT', `/images/${id}/members/kept`, { member: { can_share: true } });
      const body = { memberships: [{ member_id: 'kept' }, { member_id: 'new', can_share: true }] };
      expect((await ask(alice, 'PUT', `/images/${id}/members`, body)).status).toBe(204);
      expect(await members()).toEqual([
        { member_id: 'kept', can_share: true },
        { member_id: 'new', can_share: true },
      ]);
    });

    it.each([
      ['members', { memberships: 'x' }],
      ['members', { memberships: [{}] }],
      ['members/a', { member: {} }],
    ])('answer 400 to PUT %s with %j', async (path, body) => {
      expect((await ask(alice, 'PUT', `/images/${id}/${path}`, body)).status).toBe(400);
    });

    it('answer 401 to a caller without a project', async () => {
      expect((await ask(nobody, 'PUT', `/images/${id}/members/a`)).status).toBe(401);
    });
  });
});
