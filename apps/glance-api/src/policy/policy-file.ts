import { Check, parseRule } from '@bootlab/openstack';
import { readFileSync } from 'node:fs';

function lineOf(text: string, name: string): number {
  const at = text.indexOf(JSON.stringify(name));
  return text.slice(0, Math.max(0, at)).split('\n').length;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `Cannot read ${path} (${code}): restore it, or set policy_file in [oslo_policy] of glance-api.conf.`,
      { cause: error },
    );
  }
}

/**
 * The rules of a policy file by name.
 * @throws Error naming file, line and rule when the file cannot be read as rules
 */
export function readPolicyFile(path: string): Map<string, Check> {
  const text = readText(path);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is no JSON: ${(error as Error).message}. Mend it, or restore it from the project.`, {
      cause: error,
    });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Error(`${path} must hold one object, rule name to rule.`);
  }
  return new Map(
    Object.entries(parsed).map(([name, rule]) => {
      try {
        return [name, parseRule(rule)];
      } catch (error) {
        throw new Error(`${path}:${lineOf(text, name)}: rule "${name}" is wrong: ${(error as Error).message}`, {
          cause: error,
        });
      }
    }),
  );
}
