import { MalformedHeader, Probe, ReadAt, size } from './disk-info';

const MAGIC = 'QFI\xfb';
const LONGEST_NAME = 1023;
const HEADER_LENGTH_AT = 100;
const V2_HEADER = 72;
const V3_HEADER = 104;
/** The bit of the incompatible features that says: the clusters are in another file. */
const EXTERNAL_DATA = 4n;
const DATA_FILE_NAME = 0x44415441;

function text(readAt: ReadAt, at: number, length: number): string {
  if (length > LONGEST_NAME) throw new MalformedHeader(`a file name of ${length} bytes is too long`);
  return readAt(at, length).toString('utf8');
}

/** The name of the external data file, from the header extensions; or words that stand for it. */
function dataFile(head: Buffer, readAt: ReadAt): string {
  let at = head.readUInt32BE(HEADER_LENGTH_AT);
  for (;;) {
    const extension = readAt(at, 8);
    const type = extension.length < 8 ? 0 : extension.readUInt32BE(0);
    if (type === 0) return 'an external data file';
    const length = extension.readUInt32BE(4);
    if (type === DATA_FILE_NAME) return text(readAt, at + 8, length);
    at += 8 + Math.ceil(length / 8) * 8;
  }
}

/** qcow2 in its versions 2 and 3, and the first qcow, which begins alike. */
export const probeQcow2: Probe = (head, readAt) => {
  if (head.toString('latin1', 0, 4) !== MAGIC) return undefined;
  if (head.length < V2_HEADER) throw new MalformedHeader('the file ends inside its header');
  const version = head.readUInt32BE(4);
  if (version < 1 || version > 3) throw new MalformedHeader(`qcow version ${version} is unknown`);
  const virtualSize = size(head.readBigUInt64BE(24), 'a disk size');
  const fileFormat = version === 1 ? 'qcow' : 'qcow2';
  const backingAt = size(head.readBigUInt64BE(8), 'the place of a file name');
  if (backingAt !== 0) {
    return { fileFormat, virtualSize, backingFile: text(readAt, backingAt, head.readUInt32BE(16)) };
  }
  if (version === 3) {
    if (head.length < V3_HEADER) throw new MalformedHeader('the file ends inside its header');
    if ((head.readBigUInt64BE(72) & EXTERNAL_DATA) !== 0n) {
      return { fileFormat, virtualSize, backingFile: dataFile(head, readAt) };
    }
  }
  return { fileFormat, virtualSize };
};
