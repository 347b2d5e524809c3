import { benchBoots, benchTracing } from './boots';
import { benchBytes } from './bytes';
import { closeClient } from './client';
import { Figure, printFigures } from './figures';
import { benchHosts } from './hosts';
import { benchIdle } from './idle';
import { benchImages } from './images';
import { benchMetadata } from './metadata';
import { benchTransports } from './transports';

const benches: Record<string, () => Promise<Figure[]>> = {
  idle: benchIdle,
  metadata: benchMetadata,
  images: benchImages,
  bytes: benchBytes,
  boots: benchBoots,
  tracing: benchTracing,
  transports: benchTransports,
  hosts: benchHosts,
};

async function main(asked: string[]): Promise<void> {
  const unknown = asked.find((name) => !(name in benches));
  if (unknown !== undefined) {
    process.stderr.write(
      `No benchmark ${unknown}; there are ${Object.keys(benches).join(', ')}. Without a name all of them run.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const figures: Figure[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    process.stderr.write(`${name} …\n`);
    figures.push(...(await bench()));
  }
  await closeClient();
  printFigures(figures);
}

void main(process.argv.slice(2));
