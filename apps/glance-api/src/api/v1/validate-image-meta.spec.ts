import { validateImageMeta } from './validate-image-meta';

it('leaves what it is not told', () => {
  expect(validateImageMeta({ name: 'a' })).toEqual({ name: 'a' });
});

it.each(['aki', 'ari', 'ami'])('takes %s for both formats when one says so', (format) => {
  const both = { disk_format: format, container_format: format };
  expect(validateImageMeta({ disk_format: format })).toEqual(both);
  expect(validateImageMeta({ container_format: format, disk_format: null })).toEqual(both);
  expect(() => validateImageMeta({ disk_format: format, container_format: 'bare' })).toThrow('do not go together');
});

it('names the formats there are when one is missing or unknown', () => {
  expect(() => validateImageMeta({ disk_format: null, container_format: 'bare' })).toThrow(/No disk format.*qcow2/);
  expect(() => validateImageMeta({ disk_format: 'raw', container_format: 'box' })).toThrow(/'box'.*ovf/);
});

it('refuses times before 1900', () => {
  expect(() => validateImageMeta({ created_at: '1899-12-31T23:59:59Z' })).toThrow('created_at');
});
