import { NovaKeystoneContext } from './auth';
import { Resource } from './wsgi';

/** What a request passes before its controller, the outermost first. Plays `openstack_compute_api_v21` of api-paste.ini. */
export const pipeline = [NovaKeystoneContext, Resource];

/** Every resource is there twice: the project in the URL is optional. */
export const prefixes = ['v2.1', 'v2.1/:project_id'];
