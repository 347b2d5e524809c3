import { Inject, Injectable } from '@nestjs/common';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { LAB_OPTIONS, LabOptions } from '../lab-options';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

export interface UiFile {
  type: string;
  bytes: Buffer;
}

/** The built files of Jaeger's page. Nothing outside of their folder is ever read, not by way of a link either. */
@Injectable()
export class UiFiles {
  constructor(@Inject(LAB_OPTIONS) private readonly options: LabOptions) {}

  get folder(): string {
    return this.options.jaegerUi;
  }

  /** The page itself; undefined when the files are not there. */
  async index(): Promise<string | undefined> {
    return (await this.#read('index.html'))?.toString();
  }

  /** A file of a type that the page uses, by its path below the folder. */
  async asset(path: string): Promise<UiFile | undefined> {
    const type = TYPES[extname(path)];
    const bytes = type === undefined ? undefined : await this.#read(path);
    return type === undefined || bytes === undefined ? undefined : { type, bytes };
  }

  async #read(path: string): Promise<Buffer | undefined> {
    try {
      const folder = await realpath(this.folder);
      const file = await realpath(join(folder, path));
      if (!file.startsWith(folder + sep) || !(await stat(file)).isFile()) return undefined;
      return await readFile(file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'].includes(code ?? ''))
        return undefined;
      throw error;
    }
  }
}
