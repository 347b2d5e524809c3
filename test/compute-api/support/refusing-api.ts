import { OwnApi, startOwnApi } from './api';

/** An id that nothing has. */
export const UUID = '99999999-9999-4999-8999-999999999999';

export type Server = Record<string, unknown>;
export type Row = [what: string, server: Server, status: number, message: RegExp];

/** An API for a suite of requests that must leave no record and send no message. */
export function useRefusingApi() {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi();
    await api.db.updateTable('flavors').set({ disabled: 1 }).where('flavorid', '=', '5').execute();
    await api.db.updateTable('flavors').set({ ephemeral_gb: 5, swap: 64 }).where('flavorid', '=', '2').execute();
  });
  afterAll(async () => {
    expect(await api.records()).toEqual([0, 0, 0]);
    expect(api.conductor.messages.count).toBe(0);
    await api.close();
  });

  /** Asks for a server; fails unless the answer has that status and message. */
  async function refused(server: Server, status: number, message: RegExp, headers = {}): Promise<void> {
    const answer = await api.boot(server, headers);
    const names: Record<number, string> = { 400: 'badRequest', 403: 'forbidden', 404: 'itemNotFound' };
    expect(answer.body).toEqual({
      [names[status] ?? 'computeFault']: { code: status, message: expect.stringMatching(message) },
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('openstack-api-version')).toBe('compute 2.1');
  }

  return {
    refused,
    get api(): OwnApi {
      return api;
    },
  };
}
