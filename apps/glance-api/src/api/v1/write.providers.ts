import { DrainBody } from '../../common/drain-body';
import { JsonDeserializer } from '../../common/json-body';
import { StoreUtils } from '../../common/store-utils';
import { MembersApi } from '../../registry/client/v1/members-api';
import { StorageQuota } from '../check-quota';
import { StorageUsage } from '../storage-usage';
import { Activation } from './activate';
import { BackgroundCopies } from './background-copies';
import { ImageDeletion } from './delete-image';
import { ImageDeserializer } from './deserialize-image';
import { ExternalSource } from './external-source';
import { ImageSource } from './handle-source';
import { ImagesWriteController } from './images-write';
import { MembersController } from './members';
import { PropertyWriteRules } from './property-rules';
import { ImageReservation } from './reserve';
import { StoreAcls } from './store-acls';
import { StoreLookup } from './store-lookup';
import { ImageUpdate } from './update-image';
import { Upload } from './upload';
import { UploadCleanup } from './upload-cleanup';
import { ImageUploader } from './upload-utils';

/** The controllers that write. */
export const writeControllers = [ImagesWriteController, MembersController];

/** What they are made of. */
export const writeProviders = [
  Activation,
  BackgroundCopies,
  DrainBody,
  ExternalSource,
  ImageDeletion,
  ImageDeserializer,
  ImageReservation,
  ImageSource,
  ImageUpdate,
  ImageUploader,
  JsonDeserializer,
  MembersApi,
  PropertyWriteRules,
  StorageQuota,
  StorageUsage,
  StoreAcls,
  StoreLookup,
  StoreUtils,
  Upload,
  UploadCleanup,
];
