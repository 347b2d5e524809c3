import { SessionClient } from './common/http';
import { closeAgent } from './session/agent';
import { Session } from './session/session';
import { ImageManager } from './v1/images';

export interface GlanceClientOptions {
  /** Base URL of glance-api, with or without a trailing slash. */
  endpoint: string;
  /** Seconds without a byte until a request counts as failed. */
  timeoutSeconds: number;
}

/**
 * A client of glance-api's API v1. Cheap to make: connections belong to the process and are kept open.
 * Plays `glanceclient.v1.client.Client`.
 */
export class GlanceClient {
  readonly images: ImageManager;

  constructor({ endpoint, timeoutSeconds }: GlanceClientOptions) {
    this.images = new ImageManager(new SessionClient(new Session(endpoint, timeoutSeconds * 1000)));
  }

  /** Ends this process's connections to glance-api; requests under way fail. */
  static close(): Promise<void> {
    return closeAgent();
  }
}
