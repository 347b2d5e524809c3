import { Controller, Get, Req } from '@nestjs/common';
import type { NovaRequest } from '../request';
import { versionDocument, versionList } from './views/versions';

/** What versions there are. Plays `nova.api.openstack.compute.versions` and `versionsV21`. */
@Controller()
export class VersionsController {
  @Get()
  index(@Req() request: NovaRequest) {
    return versionList(request);
  }

  @Get('v2.1')
  show(@Req() request: NovaRequest) {
    return versionDocument(request);
  }
}
