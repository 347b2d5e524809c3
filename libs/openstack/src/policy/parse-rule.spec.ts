import { Check, Credentials, Target } from './check';
import { parseRule } from './parse-rule';

const member: Credentials = { roles: ['member'], user_id: 'u1', project_id: 'p1', is_admin: false };
const admin: Credentials = { roles: ['admin', 'member'], is_admin: true };

function holds(
  rule: unknown,
  credentials: Credentials,
  target: Target = {},
  rules: Record<string, unknown> = {},
): boolean {
  const named = new Map<string, Check>(Object.entries(rules).map(([name, text]) => [name, parseRule(text)]));
  return parseRule(rule)(credentials, target, (name) => named.get(name));
}

describe('parseRule', () => {
  it.each([
    ['', true],
    ['@', true],
    ['!', false],
    ['role:member', true],
    ['role:admin', false],
    ['not role:admin', true],
    ['role:admin or role:member', true],
    ['role:admin and role:member', false],
    ['role:member or role:admin and !', true],
    ['(role:member or role:admin) and !', false],
    ['not (role:admin or role:member)', false],
    ['is_admin:True', false],
    ['user_id:u1', true],
    ['nonsense:None', false],
    [[], true],
    [[['role:admin'], ['role:member', 'user_id:u1']], true],
    [[['role:member', 'role:admin']], false],
    [['role:admin', 'role:member'], true],
  ])('%j is %s for a member', (rule, expected) => {
    expect(holds(rule, member)).toBe(expected);
  });

  it('compares with the target, and never matches what the target lacks', () => {
    expect(holds('project_id:%(owner)s', member, { owner: 'p1' })).toBe(true);
    expect(holds('project_id:%(owner)s', member, { owner: 'p2' })).toBe(false);
    expect(holds('project_id:%(owner)s', member)).toBe(false);
    expect(holds("'public':%(visibility)s", member, { visibility: 'public' })).toBe(true);
    expect(holds("'True':%(is_public)s", member, { is_public: true })).toBe(true);
  });

  it('follows named rules, and falls back to the default', () => {
    const rules = { context_is_admin: 'role:admin', default: 'role:member' };
    expect(holds('rule:context_is_admin', admin, {}, rules)).toBe(true);
    expect(holds('rule:context_is_admin', member, {}, rules)).toBe(false);
    expect(holds('rule:unknown', member, {}, rules)).toBe(true);
    expect(holds('rule:unknown', member)).toBe(false);
  });

  it.each([
    ['role:a role:b', 'stands where "and" or "or" should'],
    ['(role:a', 'a parenthesis is not closed'],
    ['role:a and', 'a check is missing'],
    ['nonsense', 'is no check'],
    [5, 'neither text nor a list'],
    [[[5]], 'not text'],
  ])('says what is wrong with %j', (rule, message) => {
    expect(() => parseRule(rule)).toThrow(message);
  });
});
