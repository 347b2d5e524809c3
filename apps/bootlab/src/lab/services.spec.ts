import { labServices } from './services';

const hostsOf = (env: NodeJS.ProcessEnv) =>
  labServices(env).filter(({ script }) => script.includes('apps/compute-manager/'));

describe('labServices', () => {
  it('has one compute host under its usual name, as it is configured', () => {
    expect(hostsOf({}).map(({ name, env }) => ({ name, env }))).toEqual([{ name: 'compute-manager', env: undefined }]);
  });

  it('has several, each with a name and a folder of its own, after the conductor', () => {
    const several = hostsOf({ BOOTLAB_LAB__LAB__HOSTS: '2', BOOTLAB_NOVA__DEFAULT__INSTANCES_PATH: '/srv/nova' });
    expect(several.map(({ name, env, after }) => ({ name, env, after }))).toEqual(
      ['compute1', 'compute2'].map((host) => ({
        name: `compute-manager@${host}`,
        env: { BOOTLAB_NOVA__DEFAULT__HOST: host, BOOTLAB_NOVA__DEFAULT__INSTANCES_PATH: `/srv/nova/${host}` },
        after: ['conductor'],
      })),
    );
  });

  it('refuses a number of hosts that is none', () => {
    expect(() => hostsOf({ BOOTLAB_LAB__LAB__HOSTS: '0' })).toThrow(
      'hosts is less than 1; it takes whole number from 1 on.',
    );
  });
});
