import { novaException } from '@bootlab/openstack';
import { checkInjectedFileQuota, checkMetadataPropertiesQuota } from './check-quota';

const limits = { metadata_items: 2, injected_files: 2, injected_file_path_length: 4, injected_file_content_bytes: 8 };
const none = { metadata_items: -1, injected_files: -1, injected_file_path_length: -1, injected_file_content_bytes: -1 };

describe('checkMetadataPropertiesQuota', () => {
  it('counts items and measures keys and values', () => {
    const check =
      (metadata: Record<string, string>, by = limits) =>
      () =>
        checkMetadataPropertiesQuota(by, metadata);
    expect(check({ a: 'x'.repeat(255), b: '' })).not.toThrow();
    expect(check({ a: '', b: '', c: '' })).toThrow(novaException.MetadataLimitExceeded);
    expect(check({ a: '', b: '', c: '' }, none)).not.toThrow();
    expect(check({ '': 'a' })).toThrow(novaException.InvalidMetadata);
    expect(check({ a: 'x'.repeat(256) })).toThrow(novaException.InvalidMetadataSize);
  });
});

describe('checkInjectedFileQuota', () => {
  it('counts files, then looks at the longest path, then at the largest contents', () => {
    const check =
      (files: [string, string][], by = limits) =>
      () =>
        checkInjectedFileQuota(by, files);
    const over: [string, string] = ['/tmp/a', 'a'.repeat(9)];
    expect(check([])).not.toThrow();
    expect(check([['/tmp', 'a'.repeat(8)]])).not.toThrow();
    expect(check([over, over, over])).toThrow(novaException.OnsetFileLimitExceeded);
    expect(check([over, ['/a', 'a']])).toThrow(novaException.OnsetFilePathLimitExceeded);
    expect(check([['/a', over[1]]])).toThrow(novaException.OnsetFileContentLimitExceeded);
    expect(check([over, over, over], none)).not.toThrow();
  });
});
