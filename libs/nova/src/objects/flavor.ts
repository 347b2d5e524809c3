/** What an instance of this size gets: memory and swap in MB, disks in GiB. Plays `nova.objects.flavor.Flavor`. */
export interface Flavor {
  id: number;
  /** The id users know, e.g. `1` or `m1.tiny`'s. */
  flavorid: string;
  name: string;
  memory_mb: number;
  vcpus: number;
  /** 0: as large as the image needs. */
  root_gb: number;
  ephemeral_gb: number;
  swap: number;
  rxtx_factor: number;
  vcpu_weight: number | null;
  is_public: boolean;
  disabled: boolean;
  extra_specs: Record<string, string>;
  created_at: string;
  updated_at: string | null;
}
