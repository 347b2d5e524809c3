import type { ImageRow, Visibility } from './sqlalchemy/models';

/** Where an image's bytes are, as the services tell each other. */
export interface ImageLocation {
  /** Unset for a location that the database does not know yet. */
  id?: number | null;
  url: string;
  metadata: Record<string, unknown>;
  status: string;
}

/** An image row with what belongs to it. Deleted properties and locations are left out. */
export interface ImageRecord extends Omit<ImageRow, 'deleted' | 'protected'> {
  deleted: boolean;
  protected: boolean;
  properties: Record<string, string | null>;
  locations: ImageLocation[];
}

/** An image with `is_public` in the place of its visibility, as the API v1 tells it. */
export interface ImageV1 extends Omit<ImageRecord, 'visibility'> {
  is_public: boolean;
}

/** What of an image can be set. An unset field stays as it is. */
export interface ImageValues extends Partial<Omit<ImageRecord, 'visibility' | 'locations' | 'deleted'>> {
  is_public?: boolean;
  visibility?: Visibility;
  locations?: ImageLocation[] | null;
}
