import { wantsColors } from './colors';

describe(wantsColors.name, () => {
  it.each([
    ['a terminal', {}, true, true],
    ['a terminal without abilities', { TERM: 'dumb' }, true, false],
    ['a terminal with NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['a terminal with an empty NO_COLOR', { NO_COLOR: '' }, true, true],
    ['a terminal with FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
    ['a pipe', {}, false, false],
    ['a pipe in CI', { CI: 'true' }, false, false],
    ['a pipe with FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
    ['a pipe with both', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, false],
  ])('on %s', (_, env, isTerminal, wanted) => {
    expect(wantsColors(env, isTerminal)).toBe(wanted);
  });
});
