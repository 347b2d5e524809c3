import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UiFiles } from './ui-files';
import { prepareIndex } from './ui-index';

/** Paths that never are a view of the page. */
const FILE = /(?:^|\/)static\/|\.[a-z0-9]{2,5}$/;
const HOUR = 3600;

/** Jaeger's own page at /jaeger/, on the traces of this store. */
@Controller('jaeger')
export class JaegerUiController {
  constructor(private readonly files: UiFiles) {}

  @Get()
  async top(@Res() reply: FastifyReply): Promise<void> {
    await reply.redirect('/jaeger/search', 302);
  }

  /** A file, or else the page, which finds its view by the path. */
  @Get('*')
  async serve(@Param('*') path: string, @Res() reply: FastifyReply): Promise<void> {
    if (path === '') return this.top(reply);
    if (!FILE.test(path)) return this.#index(reply);
    const file = await this.files.asset(path);
    if (!file) throw new NotFoundException(`Jaeger's page has no file ${path}.`);
    await reply.type(file.type).header('cache-control', `max-age=${HOUR}`).send(file.bytes);
  }

  async #index(reply: FastifyReply): Promise<void> {
    const index = await this.files.index();
    if (index === undefined) {
      throw new NotFoundException(
        `The files of Jaeger's page are not in ${this.files.folder}: get them with \`bootlab jaeger ui\`, or start the lab with --jaeger-ui FOLDER.`,
      );
    }
    await reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(prepareIndex(index));
  }
}
