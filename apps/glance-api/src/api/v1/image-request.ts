import type { RequestedMeta } from '../../common/http-headers';

/** What a request to make or change an image asks for. */
export interface ImageRequest {
  /** Fields for the image's row; `location` names bytes that stay where they are. */
  imageMeta: Omit<RequestedMeta, 'copy_from' | 'store' | 'uri'>;
  /** The body, when there is one. Can be read once. */
  imageData?: AsyncIterable<Buffer>;
  contentType?: string;
  /** Scheme of the store that shall take the bytes. */
  store?: string;
  /** Where glance shall fetch the bytes from. */
  copyFrom?: string;
  /** Drop the properties that are not named. */
  purgeProps: boolean;
}
