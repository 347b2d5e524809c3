import type { ImageStatus } from '@bootlab/openstack';

export interface LocationData {
  id?: number | null;
  url: string;
  metadata: Record<string, unknown>;
  status: string;
}

/** An image as the registry tells it: sizes in bytes, `min_disk` in GiB, `min_ram` in MB. */
export interface ImageMeta {
  id: string;
  name: string | null;
  status: ImageStatus;
  size: number | null;
  virtual_size: number | null;
  disk_format: string | null;
  container_format: string | null;
  /** MD5 in hex. */
  checksum: string | null;
  owner: string | null;
  is_public: boolean;
  protected: boolean;
  min_disk: number;
  min_ram: number;
  created_at: string;
  updated_at: string;
  deleted: boolean;
  deleted_at: string | null;
  properties: Record<string, string>;
  /** URL of the first active location; never shown to users. */
  location?: string | null;
  location_data?: LocationData[];
}
