import { all, always, any, attributeCheck, Check, never, not } from './check';

/** Splits a rule into words and parentheses; text in quotes stays whole. */
function tokens(rule: string): string[] {
  return rule.match(/\(|\)|(?:%\([^)]*\)s|'[^']*'|"[^"]*"|[^\s()'"%]|%)+/g) ?? [];
}

/** Recursive descent over `or`, `and`, `not`, parentheses and checks, in the order of their binding. */
class RuleParser {
  #at = 0;

  constructor(private readonly words: string[]) {}

  parse(): Check {
    const check = this.#alternatives();
    if (this.#at < this.words.length) throw new Error(`"${this.words[this.#at]}" stands where "and" or "or" should.`);
    return check;
  }

  #alternatives(): Check {
    const checks = [this.#conjunction()];
    while (this.#take('or')) checks.push(this.#conjunction());
    return checks.length === 1 ? checks[0]! : any(checks);
  }

  #conjunction(): Check {
    const checks = [this.#negation()];
    while (this.#take('and')) checks.push(this.#negation());
    return checks.length === 1 ? checks[0]! : all(checks);
  }

  #negation(): Check {
    return this.#take('not') ? not(this.#negation()) : this.#primary();
  }

  #primary(): Check {
    if (this.#take('(')) {
      const check = this.#alternatives();
      if (!this.#take(')')) throw new Error('a parenthesis is not closed.');
      return check;
    }
    const word = this.words[this.#at++];
    if (word === undefined) throw new Error('a check is missing at the end.');
    return parseCheck(word);
  }

  #take(word: string): boolean {
    if (this.words[this.#at]?.toLowerCase() !== word) return false;
    this.#at++;
    return true;
  }
}

function parseCheck(word: string): Check {
  if (word === '@') return always;
  if (word === '!') return never;
  const [, kind = '', match = ''] = /^('[^']*'|"[^"]*"|[^:]+):(.+)$/.exec(word) ?? [];
  if (kind === '') throw new Error(`"${word}" is no check; write kind:match, @ or !.`);
  return attributeCheck(kind, match);
}

/**
 * Reads a rule of a policy file: text with `and`, `or`, `not` and parentheses, or the older list of lists (any of all).
 * @throws Error with what is wrong with the rule
 */
export function parseRule(rule: unknown): Check {
  if (typeof rule === 'string') return rule.trim() === '' ? always : new RuleParser(tokens(rule)).parse();
  if (!Array.isArray(rule)) throw new Error('it is neither text nor a list.');
  if (rule.length === 0) return always;
  return any(
    rule.map((inner: unknown) => {
      const words = Array.isArray(inner) ? inner : [inner];
      if (!words.every((word): word is string => typeof word === 'string'))
        throw new Error('a list holds something that is not text.');
      return all(words.map(parseCheck));
    }),
  );
}
