import { didYouMean } from './nearest';

describe('didYouMean', () => {
  it('names the nearest word when it is near enough', () => {
    expect(didYouMean('crios', ['debian', 'cirros'])).toBe(' Did you mean cirros?');
    expect(didYouMean('m1.tny', ['m1.tiny', 'm1.large'])).toBe(' Did you mean m1.tiny?');
  });

  it('says nothing when none is near, or there is none', () => {
    expect(didYouMean('windows-server', ['demo'])).toBe('');
    expect(didYouMean('demo', [])).toBe('');
    expect(didYouMean('zz', ['0'])).toBe('');
  });
});
