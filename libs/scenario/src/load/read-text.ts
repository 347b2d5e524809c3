import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import type { Problem } from './problem';

/** Largest file that is read, in bytes. */
export const LARGEST = 1024 ** 2;

type Text = { text: string } | { problem: Problem };

function refuse(file: string, line: number, message: string): Text {
  return { problem: { file, line, col: 1, message } };
}

function tooLarge(file: string, bytes: number): Text {
  return refuse(file, 1, `The file has ${bytes} bytes, and a scenario at most ${LARGEST} (1 MiB): make it shorter.`);
}

/** The line, from 1, on which the first bytes stand that are no UTF-8. */
function lineOfWrongBytes(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}

function decode(file: string, bytes: Buffer): Text {
  if (bytes.length > LARGEST) return tooLarge(file, bytes.length);
  if (!isUtf8(bytes)) return refuse(file, lineOfWrongBytes(bytes), 'This line is not UTF-8: save the file as UTF-8.');
  return { text: bytes.toString('utf8') };
}

/** The text of a scenario's file. A file that is too large is refused before it is read. */
export function readText(file: string, given?: string | Buffer): Text {
  if (given !== undefined) return decode(file, Buffer.from(given));
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(handle);
      if (!stat.isFile()) return refuse(file, 1, 'This is not a file: name a YAML file.');
      return stat.size > LARGEST ? tooLarge(file, stat.size) : decode(file, readFileSync(handle));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refuse(file, 1, `Cannot read the file (${code}): name one that is there and readable.`);
  }
}
