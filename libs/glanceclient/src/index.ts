export { GlanceClient, type GlanceClientOptions } from './client';
export type { ImageMetaV1, ImageChanges, NewImage } from './v1/image-meta';
export type { ImageData, ImageManager, ListParams, UpdateOptions, UploadProgress } from './v1/images';
