import { loadScenario } from '@bootlab/scenario';
import { starter } from './starter';

describe('starter', () => {
  it.each(['A boot', 'With "quotes": and # signs', '- [not a list]'])(
    'is right, whatever the title is: %s',
    (title) => {
      const { cases, problems } = loadScenario('mine.yaml', starter('mine', title, './scenario.schema.json'));
      expect(problems).toEqual([]);
      expect(cases[0]!.scenario.title).toBe(title);
    },
  );
});
