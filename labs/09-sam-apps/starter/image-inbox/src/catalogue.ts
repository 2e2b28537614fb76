import type { S3Event } from 'aws-lambda';
import { readPicture, type Picture } from './picture.ts';

/** A file of the inbox, as far as the catalogue must know it. */
export interface File {
  /** Its first bytes: enough to tell what it is. */
  readonly head: Uint8Array;
  /** Of the whole file, in bytes. */
  readonly size: number;
}

/** Where files come from and where entries go: S3 and DynamoDB, or what a test brings. */
export interface Places {
  open(bucket: string, key: string): Promise<File>;
  write(key: string, picture: Picture, size: number): Promise<void>;
}

/**
 * Writes an entry for each file that has arrived. S3 may tell of the same file twice: the same entry is written
 * again, and nothing is counted.
 */
export const catalogue =
  (places: Places) =>
  async (event: S3Event): Promise<void> => {
    for (const { s3 } of event.Records) {
      // S3 sends keys as in a form: spaces are a plus, all else is percent-encoded.
      const key = decodeURIComponent(s3.object.key.replaceAll('+', ' '));
      const { head, size } = await places.open(s3.bucket.name, key);
      const picture = readPicture(head);
      // Thrown, the event is tried twice more and then dropped: S3 calls asynchronously, nobody waits for an answer.
      if (picture === undefined) throw new Error(`${key} is no PNG, GIF or JPEG`);
      await places.write(key, picture, size);
      console.info({ key, ...picture, size });
    }
  };
