import { OwnApi, startOwnApi } from './support/api';

describe('POST /servers without a conductor', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi();
    await api.conductor.close();
  });
  afterAll(() => api.close());

  it('fails with the reason and leaves nothing behind', async () => {
    const { status, body } = await api.boot({ min_count: 2 });
    expect(status).toBe(500);
    expect(body.computeFault.message).toMatch(
      /No connection to conductor, so schedule_and_build_instances was not delivered/,
    );
    expect(await api.records()).toEqual([0, 0, 0]);
    expect((await api.call('/v2.1/servers')).body).toEqual({ servers: [] });
  });
});
