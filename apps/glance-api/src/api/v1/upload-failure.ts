import { ExceptionClass, glanceException, HttpException, storeException } from '@bootlab/openstack';
import { ClientDisconnected } from '../../common/request-body';

/** How a failed upload ends. */
export interface UploadFailure {
  answer: HttpException;
  /** Whether the image is of no more use. */
  kills: boolean;
}

type Row = readonly [ExceptionClass | typeof ClientDisconnected, status: number, kills: boolean];

function row(Class: Row[0], status: number, kills = true): Row {
  return [Class, status, kills];
}

const rows: Row[] = [
  row(storeException.StoreAddDisabled, 410),
  row(storeException.Duplicate, 409, false),
  row(glanceException.Duplicate, 409, false),
  row(storeException.Forbidden, 403),
  row(glanceException.Forbidden, 403),
  row(storeException.StorageFull, 413),
  row(glanceException.LimitExceeded, 413),
  row(glanceException.StorageQuotaFull, 413),
  row(storeException.StorageWriteDenied, 503),
  row(glanceException.NotAuthenticated, 401),
  row(ClientDisconnected, 400),
];

/** What a failure of storing data means for the caller and for the image. */
export function uploadFailure(imageId: string, error: unknown): UploadFailure {
  if (error instanceof HttpException) return { answer: error, kills: true };
  const options = { cause: error };
  if (error instanceof glanceException.NotFound) {
    const message = `Image ${imageId} could not be found after the upload; it may have been deleted meanwhile.`;
    return { answer: new HttpException(412, message, {}, options), kills: false };
  }
  const found = rows.find(([Class]) => error instanceof Class);
  if (found) return { answer: new HttpException(found[1], (error as Error).message, {}, options), kills: found[2] };
  const message = `Failed to upload image ${imageId}; the log of glance-api tells why.`;
  return { answer: new HttpException(500, message, {}, options), kills: true };
}
