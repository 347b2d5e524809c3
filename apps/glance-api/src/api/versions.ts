import { Controller, Get, Head, HttpCode, Req } from '@nestjs/common';
import { VERSIONS_300 } from './middleware/version-negotiation';
import type { GlanceRequest, WireResponse } from '../common/wsgi/types';
import { Action } from '../common/wsgi/action.decorator';

interface VersionList {
  versions: { id: string; status: string; links: { rel: string; href: string }[] }[];
}

function versionList({ protocol, host }: GlanceRequest): VersionList {
  const links = [{ rel: 'self', href: `${protocol}://${host}/v1/` }];
  return {
    versions: [
      { id: 'v1.1', status: 'DEPRECATED', links },
      { id: 'v1.0', status: 'DEPRECATED', links },
    ],
  };
}

function serialize(status: number) {
  return (result: VersionList): WireResponse => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(result),
  });
}

/** Which versions there are. Plays `glance.api.versions.Controller`. */
@Controller()
export class VersionsController {
  @Get('versions')
  @Action({ serialize: serialize(200) })
  index(@Req() request: GlanceRequest): VersionList {
    return versionList(request);
  }

  @Get(VERSIONS_300)
  @HttpCode(300)
  @Action({ serialize: serialize(300) })
  choose(@Req() request: GlanceRequest): VersionList {
    return versionList(request);
  }

  @Head(VERSIONS_300)
  @Action({ serialize: serialize(300) })
  chooseHead(@Req() request: GlanceRequest): VersionList {
    return versionList(request);
  }
}
