import { All, Controller, HttpCode } from '@nestjs/common';

/** What no other controller answers: text, so that Jaeger's page does not take another page for an answer. */
@Controller()
export class UnknownApiController {
  @All(['api', 'api/*', 'analytics/*'])
  @HttpCode(404)
  unknown(): string {
    return '404 page not found\n';
  }
}
