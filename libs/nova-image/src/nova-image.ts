/**
 * An image as nova knows it: what `_translate_from_glance` makes of glance's answer. Travels by RPC, so times are ISO text.
 * `size` in bytes (0 while unknown), `min_ram` in MB, `min_disk` in GiB.
 */
export interface NovaImage {
  id: string;
  name: string | null;
  status: string;
  size: number;
  disk_format: string | null;
  container_format: string | null;
  checksum: string | null;
  owner: string | null;
  is_public: boolean;
  min_disk: number;
  min_ram: number;
  deleted: boolean;
  created_at: string | null;
  updated_at: string | null;
  deleted_at: string | null;
  /** `block_device_mapping` and `mappings` are lists here, all else is text as in glance. */
  properties: Record<string, unknown>;
}
