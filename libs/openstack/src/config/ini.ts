/** A line `name = value` of a configuration file. `line` counts from 1. */
export interface IniEntry {
  section: string;
  name: string;
  value: string;
  line: number;
}

export interface IniProblem {
  line: number;
  message: string;
}

/** oslo.config's INI dialect: `[section]`, `name = value`, `#` and `;` comments, indented lines continue a value. */
export function parseIni(text: string): { entries: IniEntry[]; problems: IniProblem[] } {
  const entries: IniEntry[] = [];
  const problems: IniProblem[] = [];
  let section = 'DEFAULT';
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = index + 1;
    const content = raw.trim();
    const last = entries.at(-1);
    if (content === '' || content.startsWith('#') || content.startsWith(';')) return;
    if (/^\s/.test(raw) && last) {
      last.value += content;
    } else if (content.startsWith('[')) {
      const name = /^\[([^\]]+)\]$/.exec(content)?.[1];
      if (name === undefined) problems.push({ line, message: `"${content}" is not a section; write [name].` });
      else section = name.trim();
    } else {
      const at = content.search(/[=:]/);
      if (at <= 0) problems.push({ line, message: `"${content}" is not an option; write name = value.` });
      else entries.push({ section, name: content.slice(0, at).trim(), value: content.slice(at + 1).trim(), line });
    }
  });
  return { entries, problems };
}
