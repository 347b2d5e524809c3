/** id, name, memory in MB, disk in GiB, processors. */
const rows: [string, string, number, number, number][] = [
  ['1', 'm1.tiny', 512, 1, 1],
  ['2', 'm1.small', 2048, 20, 1],
  ['3', 'm1.medium', 4096, 40, 2],
  ['4', 'm1.large', 8192, 80, 4],
  ['5', 'm1.xlarge', 16384, 160, 8],
  ['42', 'm1.nano', 64, 0, 1],
  ['84', 'm1.micro', 128, 0, 1],
  ['c1', 'cirros256', 256, 0, 1],
  ['d1', 'ds512M', 512, 5, 1],
  ['d2', 'ds1G', 1024, 10, 1],
  ['d3', 'ds2G', 2048, 10, 2],
  ['d4', 'ds4G', 4096, 20, 4],
];

/** The flavors DevStack makes at Queens. A disk of 0 is as large as the image needs. */
export const devstackFlavors = rows.map(([flavorid, name, memory_mb, root_gb, vcpus]) => ({
  flavorid,
  name,
  memory_mb,
  root_gb,
  vcpus,
}));
