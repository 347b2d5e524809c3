/** What is known of the caller, by the names that rules use. */
export interface Credentials {
  roles: readonly string[];
  [attribute: string]: unknown;
}

export type Target = Readonly<Record<string, unknown>>;

/** Finds a named rule; undefined when the file has no such rule. */
export type RuleLookup = (name: string) => Check | undefined;

/** One node of a parsed rule. */
export type Check = (credentials: Credentials, target: Target, rules: RuleLookup) => boolean;

export const always: Check = () => true;
export const never: Check = () => false;

export function all(checks: Check[]): Check {
  return (...args) => checks.every((check) => check(...args));
}

export function any(checks: Check[]): Check {
  return (...args) => checks.some((check) => check(...args));
}

export function not(check: Check): Check {
  return (...args) => !check(...args);
}

/** Fills in `%(name)s`; undefined when the target lacks a name. */
function fill(template: string, target: Target): string | undefined {
  let missing = false;
  const text = template.replaceAll(/%\(([^)]+)\)s/g, (_, name: string) => {
    const value = target[name];
    if (value === undefined) missing = true;
    return pythonText(value);
  });
  return missing ? undefined : text;
}

/** Rules are written for Python's text of a value: True, False, None. */
function pythonText(value: unknown): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  return value === null || value === undefined ? 'None' : `${value as string | number}`;
}

/** `kind:match`, e.g. `role:admin`, `rule:owner`, `project_id:%(owner)s`, `'public':%(visibility)s`. */
export function attributeCheck(kind: string, match: string): Check {
  if (kind === 'role') {
    return ({ roles }, target) => roles.includes(fill(match, target)?.toLowerCase() ?? '');
  }
  if (kind === 'rule') {
    return (credentials, target, rules) => (rules(match) ?? rules('default') ?? never)(credentials, target, rules);
  }
  const literal = /^'(.*)'$|^"(.*)"$/.exec(kind);
  return (credentials, target) => {
    const wanted = fill(match, target);
    const actual = literal ? (literal[1] ?? literal[2]) : pythonText(credentials[kind]);
    return wanted !== undefined && (literal !== null || credentials[kind] !== undefined) && wanted === actual;
  };
}
