import { projectRoot } from '@bootlab/openstack';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { scenarioJsonSchema } from './json-schema';

const FIRST_LINE = '# yaml-language-server: $schema=./scenario.schema.json';
const folder = join(projectRoot(), 'scenarios');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
/** Without the "exactly one key" of steps and the like, which zod does not read from a schema. */
const readable = JSON.parse(JSON.stringify(scenarioJsonSchema()), (key, value: unknown) =>
  key === 'oneOf' ? undefined : value,
) as Parameters<typeof z.fromJSONSchema>[0];
const schema = z.fromJSONSchema(readable);

const RIGHT = {
  name: 'x',
  title: 'A boot',
  about: 'It boots.',
  when: [{ boot: { image: 'cirros' } }],
  then: [{ complete: true }],
};

describe('the JSON Schema', () => {
  it.each(files)('takes %s, whose first line names it', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(schema.safeParse(parse(text)).error).toBeUndefined();
    expect(text.split('\n')[0]).toBe(FIRST_LINE);
  });

  it('takes a value of the matrix in the place of a number, a word, a size or true', () => {
    const given = {
      images: { cirros: { size: '${size}', min_ram: '${ram}', header: '${header}', protected: '${p}' } },
    };
    expect(schema.safeParse({ ...RIGHT, given }).error).toBeUndefined();
  });

  it.each([
    ['an unknown key', { colour: 'red' }],
    ['a wrong type', { title: 5 }],
    ['an unknown word', { level: 'deep' }],
    ['a wrong size', { given: { images: { cirros: { size: '4 MB' } } } }],
    ['an empty then', { then: [] }],
  ])('refuses %s', (_what, changes) => {
    expect(schema.safeParse({ ...RIGHT, ...changes }).success).toBe(false);
  });

  it('says that a step, a fault and an assertion are one thing each', () => {
    const { properties } = scenarioJsonSchema() as { properties: Record<string, { items: { oneOf: object[] } }> };
    expect(properties['when']!.items.oneOf).toContainEqual({ required: ['boot'] });
    expect(properties['faults']!.items.oneOf).toContainEqual({ required: ['delay'] });
    expect(properties['then']!.items.oneOf).toContainEqual({ required: ['path'] });
  });
});
