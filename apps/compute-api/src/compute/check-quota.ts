import { hop } from '@bootlab/hop';
import { novaException } from '@bootlab/openstack';

/** Section [quota] of nova.conf, as far as one request can exceed it by itself; a negative number is no limit. */
export interface RequestLimits {
  metadata_items: number;
  injected_files: number;
  injected_file_path_length: number;
  injected_file_content_bytes: number;
}

const LONGEST_METADATA = 255;

function exceeds(value: number, limit: number): boolean {
  return limit >= 0 && value > limit;
}

/** @throws MetadataLimitExceeded, InvalidMetadata for an empty key, InvalidMetadataSize for one or a value of more than 255 characters */
export const checkMetadataPropertiesQuota = hop(
  'nova.compute.api.API._check_metadata_properties_quota',
  function checkMetadataPropertiesQuota(limits: RequestLimits, metadata: Record<string, string>): void {
    const items = Object.entries(metadata);
    if (exceeds(items.length, limits.metadata_items)) {
      throw new novaException.MetadataLimitExceeded({ allowed: limits.metadata_items });
    }
    for (const [key, value] of items) {
      if (key === '') throw new novaException.InvalidMetadata({ reason: 'a key is empty.' });
      if (Math.max(key.length, value.length) > LONGEST_METADATA) {
        throw new novaException.InvalidMetadataSize({ reason: `${key.slice(0, 20)} has more than 255 characters.` });
      }
    }
  },
  { in: (_limits, metadata) => ({ 'instance.metadata_items': Object.keys(metadata).length }) },
);

/**
 * Counts files, then looks at the longest path and at the largest contents, which count as they came, in base 64.
 * @throws OnsetFileLimitExceeded, OnsetFilePathLimitExceeded, OnsetFileContentLimitExceeded
 */
export const checkInjectedFileQuota = hop(
  'nova.compute.api.API._check_injected_file_quota',
  function checkInjectedFileQuota(limits: RequestLimits, files: [string, string][]): void {
    const { injected_files, injected_file_path_length, injected_file_content_bytes } = limits;
    if (exceeds(files.length, injected_files)) {
      throw new novaException.OnsetFileLimitExceeded({ allowed: injected_files });
    }
    const longest = (lengths: number[]) => Math.max(0, ...lengths);
    if (exceeds(longest(files.map(([path]) => path.length)), injected_file_path_length)) {
      throw new novaException.OnsetFilePathLimitExceeded({ allowed: injected_file_path_length });
    }
    if (exceeds(longest(files.map(([, contents]) => contents.length)), injected_file_content_bytes)) {
      throw new novaException.OnsetFileContentLimitExceeded({ allowed: injected_file_content_bytes });
    }
  },
  { in: (_limits, files) => ({ 'instance.injected_files': files.length }) },
);
