import type { DeletedObject, ObjectIdentifier } from '@aws-sdk/client-s3';
import type { Cloud } from '../../../cloud.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import { malformedXml } from '../failures.ts';
import { originOf } from '../notification/notifier.ts';
import type { Notifier } from '../notification/notifier.ts';
import { deletionOf } from './deletion.ts';
import { bucketNamed, storeOf, wholeSeconds } from '../rows.ts';
import { checkWriteConditions } from './conditions.ts';
import { current, deleteKey } from './versions.ts';
import type { S3 } from '../client.ts';

const mostAtOnce = 1000;

/** Deleting objects. A key that is not there is deleted without complaint. */
export function deleteOperations(cloud: Cloud, notifier: Notifier) {
  const stores = storeOf(cloud);
  return {
    DeleteObject(input, call) {
      const store = stores(call.account);
      const bucket = bucketNamed(store, input);
      const key = required(input.Key, 'Key');
      checkWriteConditions(key, current(store, bucket.name, key), { IfMatch: input.IfMatch });
      const now = wholeSeconds(cloud.clock.now());
      const deletion = deleteKey(store, bucket, key, input.VersionId, now);
      const { marker, versionId } = deletion;
      const told = deletionOf('ObjectRemoved', key, deletion);
      if (told !== undefined) notifier.tell(originOf(call), bucket, told);
      return {
        ...(marker && { DeleteMarker: true }),
        ...(versionId !== undefined && { VersionId: versionId }),
      };
    },
    DeleteObjects(input, call) {
      const store = stores(call.account);
      const bucket = bucketNamed(store, input);
      const objects = input.Delete?.Objects ?? [];
      if (objects.length === 0 || objects.length > mostAtOnce) {
        throw malformedXml();
      }
      const now = wholeSeconds(cloud.clock.now());
      const Deleted: DeletedObject[] = [];
      const Errors: { Key: string; VersionId?: string; Code: string; Message: string }[] = [];
      const one = ({ Key, VersionId, ETag }: ObjectIdentifier): void => {
        const key = required(Key, 'Key');
        try {
          checkWriteConditions(key, current(store, bucket.name, key), { IfMatch: ETag });
          const deletion = deleteKey(store, bucket, key, VersionId, now);
          const { marker, versionId } = deletion;
          const told = deletionOf('ObjectRemoved', key, deletion);
          if (told !== undefined) notifier.tell(originOf(call), bucket, told);
          Deleted.push({
            Key: key,
            ...(VersionId !== undefined && { VersionId }),
            ...(marker && { DeleteMarker: true }),
            ...(marker && versionId !== undefined && { DeleteMarkerVersionId: versionId }),
          });
        } catch (error) {
          if (!(error instanceof ServiceFailure)) throw error;
          const version = VersionId === undefined ? {} : { VersionId };
          Errors.push({ Key: key, ...version, Code: error.code, Message: error.message });
        }
      };
      objects.forEach(one);
      return {
        ...(input.Delete?.Quiet !== true && Deleted.length > 0 && { Deleted }),
        ...(Errors.length > 0 && { Errors }),
      };
    },
  } satisfies Operations<S3>;
}
