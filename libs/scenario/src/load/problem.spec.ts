import fc from 'fast-check';
import { stringify } from 'yaml';
import { loadScenario } from './load-scenario';
import { problems, problemsWith, RIGHT } from './testing/right-scenario';

describe('the problems of a scenario', () => {
  it('tells one mistake once', () => {
    expect(problemsWith({ given: { images: ['cirros'] } })).toEqual(['This must be a map, not a list.']);
    expect(problemsWith({ when: ['boot'] })).toEqual(['This must be a map, not text.']);
  });

  it('names the case that is wrong', () => {
    expect(problemsWith({ matrix: { n: [1, 0] }, when: [{ boot: { image: 'cirros', count: '${n}' } }] })).toEqual([
      'With n 0: This must be at least 1.',
    ]);
  });

  it('tells where things stand', () => {
    const text = 'name: x\ntitle: t\nabout: a\nwhen:\n  - list_images: {}\nthen:\n  - errors: []\n  - complete: true\n';
    const [only] = loadScenario('x.yaml', text).cases;
    expect(only!.placeOf(['then', 1])).toBe('x.yaml:8:5');
    expect(only!.placeOf(['then', 1, 'nothing'])).toBe('x.yaml:8:5');
    expect(only!.placeOf(['then', 0, 'errors'])).toBe('x.yaml:7:13');
  });

  it('tells where a size is too small', () => {
    const text = stringify({ ...RIGHT, given: { images: { cirros: { header: 'qcow2', size: '4 KiB' } } } });
    expect(problems(text)).toEqual([expect.stringMatching(/^x\.yaml:8:13: This has no room for the header of qcow2/)]);
  });

  it('tells every mistake at once, each at its place', () => {
    const text = [
      'name: y',
      'titel: t',
      'about: 5',
      'given:',
      '  images:',
      '    a: { size: 1 MB }',
      'when:',
      '  - boot: { image: b }',
      '  - wait: 1 s',
      'then:',
      '  - absent: _get_imag',
    ];
    expect(problems(text.join('\n'))).toEqual([
      'x.yaml:1:7: The scenario is called y and its file x: give both the same name.',
      'x.yaml:2:1: There is no key titel here. Did you mean title?',
      'x.yaml:3:8: This must be text, not a number. Markdown: what happens and why it matters.',
      'x.yaml:6:16: Write it as a number of bytes, or as 512 B, 64 KiB, 4 MiB or 1 GiB.',
      'x.yaml:8:20: There is no image b. Did you mean a?',
      'x.yaml:11:13: There is no hop _get_imag. Did you mean _get_image?',
    ]);
  });

  it('never throws, whatever stands in a block, and gives places inside the file', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(RIGHT), 'faults', 'matrix', 'learn'),
        fc.jsonValue({ maxDepth: 4 }),
        (key, value) => {
          const text = stringify({ ...RIGHT, [key]: value });
          const lines = text.split('\n').length;
          for (const { line, col, message } of loadScenario('x.yaml', text).problems) {
            expect(line).toBeGreaterThan(0);
            expect(line).toBeLessThanOrEqual(lines);
            expect(col).toBeGreaterThan(0);
            expect(message).toMatch(/[.?]$/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
