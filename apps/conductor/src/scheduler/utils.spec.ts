import type { FilterProperties } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import { populateFilterProperties, populateRetry } from './utils';

const properties = (more: Partial<FilterProperties> = {}): FilterProperties => ({
  limits: {},
  force_hosts: [],
  force_nodes: [],
  scheduler_hints: {},
  ...more,
});

describe('populateRetry', () => {
  it('counts attempts up to the most that are allowed', () => {
    const three = properties();
    for (let attempt = 1; attempt <= 3; attempt++) {
      populateRetry(three, 'uuid', 3);
      expect(three.retry).toEqual({ num_attempts: attempt, hosts: [] });
    }
    three.retry!.exc_reason = 'the disk is full';
    const fourth = () => populateRetry(three, 'uuid', 3);
    expect(fourth).toThrow(novaException.MaxRetriesExceeded);
    three.retry = { num_attempts: 3, hosts: [], exc_reason: 'the disk is full' };
    expect(fourth).toThrow('3 hosts have tried to build the instance. The last one: the disk is full');
  });

  it.each([
    ['one attempt is all', properties(), 1],
    ['one host is named', properties({ force_hosts: ['a'] }), 3],
    ['one node is named', properties({ force_nodes: ['a'] }), 3],
  ])('counts nothing when %s', (_, once, maxAttempts) => {
    populateRetry(once, 'uuid', maxAttempts);
    expect(once.retry).toBeUndefined();
  });
});

describe('populateFilterProperties', () => {
  it('notes limits, and the host where attempts are counted', () => {
    const selection = { service_host: 'a', nodename: 'n', limits: { memory_mb: 5 } };
    const counted = properties({ retry: { num_attempts: 1, hosts: [] } });
    populateFilterProperties(counted, selection);
    expect(counted).toMatchObject({ limits: { memory_mb: 5 }, retry: { hosts: [['a', 'n']] } });
    const plain = properties();
    populateFilterProperties(plain, selection);
    expect(plain).toEqual(properties({ limits: { memory_mb: 5 } }));
  });
});
