import { Hop } from '@bootlab/hop';
import { glanceException, parseIni, RequestContext } from '@bootlab/openstack';
import { readFileSync } from 'node:fs';
import { Enforcer } from '../api/policy';

const ACTIONS = ['create', 'read', 'update', 'delete'] as const;
export type PropertyAction = (typeof ACTIONS)[number];

/** Whether the caller may, by what a rule says. */
type Allows = (context: RequestContext) => boolean;

interface PropertyRule {
  name: RegExp;
  allows: Record<PropertyAction, Allows>;
}

function byRoles(value: string): Allows {
  const roles = value.split(',').map((role) => role.trim().toLowerCase());
  if (roles.includes('@')) return () => true;
  if (roles.includes('!')) return () => false;
  return (context) => roles.some((role) => context.roles.includes(role));
}

/**
 * Who may create, read, update and delete which property: a file with a section for each regular expression over names; the first section that
 * matches decides, and a property that none matches is closed to all. Without a file everything is open.
 */
export class PropertyRules {
  private constructor(private readonly rules: PropertyRule[] | undefined) {}

  static open(): PropertyRules {
    return new PropertyRules(undefined);
  }

  /**
   * @param format `roles`: values are lists of roles, @ or !; `policies`: values are names of policy rules
   * @throws InvalidPropertyProtectionConfiguration naming file and line
   */
  static read(file: string, format: 'roles' | 'policies', enforcer: Enforcer): PropertyRules {
    const { entries, problems } = parseIni(readFileSync(file, 'utf8'));
    const wrong = (line: number, reason: string): never => {
      throw new glanceException.InvalidPropertyProtectionConfiguration({ file: `${file}:${line}`, reason });
    };
    if (problems[0]) wrong(problems[0].line, problems[0].message);
    const sections = new Map<string, PropertyRule>();
    for (const { section, name, value, line } of entries) {
      if (!ACTIONS.includes(name as PropertyAction)) wrong(line, `${name} is none of ${ACTIONS.join(', ')}.`);
      const rule = sections.get(section) ?? {
        name: pattern(section, () => wrong(line, `[${section}] is no regular expression.`)),
        allows: closed(),
      };
      rule.allows[name as PropertyAction] =
        format === 'roles' ? byRoles(value) : (context) => enforcer.check(context, value.trim());
      sections.set(section, rule);
    }
    return new PropertyRules([...sections.values()]);
  }

  @Hop('glance.common.property_utils.PropertyRules.check_property_rules', {
    in: (name: string, action: string) => ({ 'image.property': name, 'policy.action': action }),
    out: (allowed: boolean) => ({ 'policy.allowed': allowed }),
  })
  checkPropertyRules(name: string, action: PropertyAction, context: RequestContext): boolean {
    if (!this.rules) return true;
    const rule = this.rules.find((candidate) => candidate.name.test(name));
    return rule?.allows[action](context) ?? false;
  }
}

function closed(): Record<PropertyAction, Allows> {
  const no: Allows = () => false;
  return { create: no, read: no, update: no, delete: no };
}

function pattern(text: string, fail: () => never): RegExp {
  try {
    return new RegExp(`^(?:${text})`);
  } catch {
    return fail();
  }
}
