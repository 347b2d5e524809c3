import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { waysToSee } from '../../cloud/trace-link';
import { openFile } from './open-file';
import { printImage } from './print-image';
import { upload } from './upload';

export interface ImageCreateOptions {
  file: string;
  name: string;
  diskFormat: string;
  containerFormat: string;
  property?: Record<string, string>;
  minDisk?: number;
  minRam?: number;
  public?: boolean;
  protected?: boolean;
  json?: boolean;
}

const READ_SIZE = 1024 * 1024;

/** Uploads a file. */
export async function createImage(options: ImageCreateOptions): Promise<ExitCode> {
  const { file, size } = await openFile(options.file);
  const { image, traceId } = await upload(
    {
      name: options.name,
      disk_format: options.diskFormat,
      container_format: options.containerFormat,
      properties: options.property,
      min_disk: options.minDisk,
      min_ram: options.minRam,
      is_public: options.public ?? false,
      protected: options.protected,
      size,
    },
    file.createReadStream({ highWaterMark: READ_SIZE }),
  );
  if (options.json) printJson({ image, traceId });
  else {
    printImage(image);
    if (traceId !== undefined) print(`\nTrace ${traceId}: see ${waysToSee(traceId)}`);
  }
  return exitCodes.ok;
}
