import { glanceException, RequestContext } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Enforcer } from './policy';

describe('Enforcer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bootlab-policy-'));
  const file = join(folder, 'policy.json');
  const reader = new RequestContext({ userId: 'u', roles: ['reader'] });
  let logger: LabLogger;
  let enforcer: Enforcer | undefined;

  beforeAll(() => {
    process.env['BOOTLAB_LAB__LAB__LOG_LEVEL'] = 'error';
    logger = new LabLogger('glance-api');
  });
  afterEach(() => enforcer?.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  const start = (policy: string) => {
    writeFileSync(file, policy);
    enforcer = new Enforcer(file, logger);
    return enforcer;
  };

  it('lets the rules decide', () => {
    const { enforce } = { enforce: start('{"get_image": "role:reader", "default": "!"}').enforce.bind(enforcer) };
    expect(() => enforce(reader, 'get_image')).not.toThrow();
    expect(() => enforce(reader, 'delete_image')).toThrow(glanceException.Forbidden);
  });

  it('takes a changed file at once', async () => {
    const running = start('{"get_image": "!"}');
    writeFileSync(file, '{"get_image": ""}');
    while (!running.check(reader, 'get_image')) await new Promise(setImmediate);
    expect(() => running.enforce(reader, 'get_image')).not.toThrow();
  });

  it.each([
    ['{', 'is no JSON'],
    ['[]', 'must hold one object'],
    ['{\n "a": "@",\n "b": "role:x and"\n}', 'policy.json:3: rule "b" is wrong'],
  ])('does not start with %j', (policy, message) => {
    expect(() => start(policy)).toThrow(message);
  });
});
