/** One option of a configuration file: its type, its default and what it is for. */
export interface Option<T> {
  default: T;
  help: string;
  /** What a value looks like, for messages and for the documentation. */
  form: string;
  /** Reads the text of a file or of an environment variable; throws with what is wrong. */
  parse(text: string): T;
}

export type OptionGroup = Record<string, Option<unknown>>;

function option<T>(form: string, parse: (text: string) => T): (value: T, help: string) => Option<T> {
  return (value, help) => ({ default: value, help, form, parse });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value)) throw new Error('is not a whole number');
  return value;
}

function portNumber(text: string): number {
  const value = wholeNumber(text);
  if (value < 0 || value > 65535) throw new Error('is not a port (0 to 65535)');
  return value;
}

const BOOLEANS: Record<string, boolean> = {
  true: true,
  yes: true,
  on: true,
  '1': true, // prettier-ignore
  false: false,
  no: false,
  off: false,
  '0': false, // prettier-ignore
};

export const str = option('text', (text) => text);
export const optionalStr = option<string | undefined>('text', (text) => (text === '' ? undefined : text));
export const int = option('whole number', wholeNumber);
/** A whole number that is not less than `least`. */
export function intFrom(least: number, value: number, help: string): Option<number> {
  const parse = (text: string) => {
    const number = wholeNumber(text);
    if (number < least) throw new Error(`is less than ${least}`);
    return number;
  };
  return option(`whole number from ${least} on`, parse)(value, help);
}
export const bool = option('true or false', (text) => {
  const value = BOOLEANS[text.toLowerCase()];
  if (value === undefined) throw new Error('is neither true nor false');
  return value;
});
export const port = option('port, 0 for any free one', portNumber);
export const portOrOff = option<number | 'off'>('port, 0 for any free one, or off', (text) =>
  text.toLowerCase() === 'off' ? 'off' : portNumber(text),
);
export const octal = option('octal number', (text) => {
  if (!/^[0-7]{1,4}$/.test(text)) throw new Error('is not an octal number');
  return text;
});
export const list = option('comma-separated list', (text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

/** One of several words. */
export function choice<const T extends string>(words: readonly T[], value: T, help: string): Option<T> {
  return {
    default: value,
    help,
    form: words.join(' | '),
    parse(text) {
      const word = words.find((candidate) => candidate === text);
      if (word === undefined) throw new Error(`is none of ${words.join(', ')}`);
      return word;
    },
  };
}
