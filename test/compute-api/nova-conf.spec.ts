import { novaConf, Option, parseIni, projectRoot } from '@bootlab/openstack';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const lines = readFileSync(join(projectRoot(), 'etc/nova.conf'), 'utf8').replaceAll(/^#(?=\w+ = )/gm, '');
const { entries, problems } = parseIni(lines);
const groups: Record<string, Record<string, Option<unknown>>> = novaConf.groups;

describe('etc/nova.conf', () => {
  it('is well-formed with every option taken in', () => {
    expect(problems).toEqual([]);
    expect(entries.length).toBeGreaterThan(15);
  });

  it.each(entries.map(({ section, name, value }) => [section, name, value]))('[%s] %s = %s', (section, name, value) => {
    const option = groups[section]?.[name];
    expect(option).toBeDefined();
    const parsed = option?.parse(value);
    // Unset by default: the line shows what a value looks like.
    if (name === 'api_servers') expect(parsed).toEqual(['http://127.0.0.1:9292']);
    else expect(parsed).toEqual(option?.default);
  });
});
