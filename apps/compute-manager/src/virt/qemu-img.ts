import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where `qemu-img` is on PATH, or undefined. */
export async function findQemuImg(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, 'qemu-img');
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}

/** Runs `qemu-img convert`; the result is on the disk when it ends. @throws Error with what it printed */
export async function qemuImgConvert(
  program: string,
  source: string,
  dest: string,
  from: string,
  to: string,
): Promise<void> {
  try {
    await run(program, ['convert', '-t', 'writeback', '-O', to, '-f', from, source, dest]);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(stderr?.trim() || message, { cause: error });
  }
}
