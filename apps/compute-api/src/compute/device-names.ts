/** `/dev/vda` → `vda`. Plays `nova.block_device.strip_dev`. */
export function stripDev(name: string | null): string | null {
  return name?.replace(/^\/dev\//, '') ?? null;
}

/** `vda` → `/dev/vda`. */
export function prependDev(name: string | null): string | null {
  return name === null ? null : `/dev/${stripDev(name)}`;
}
