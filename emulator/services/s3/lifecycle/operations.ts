import type { TransitionDefaultMinimumObjectSize } from '@aws-sdk/client-s3';
import type { Cloud } from '../../../cloud.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Operations } from '../../../service/operations.ts';
import { invalidRequest } from '../failures.ts';
import { bucketNamed, storeOf } from '../rows.ts';
import { readRules, shownRule } from './configuration.ts';
import type { Sweeper } from './sweeper.ts';
import type { S3 } from '../client.ts';

const sizes = new Set(['all_storage_classes_128K', 'varies_by_storage_class']);

/** `PutBucketLifecycleConfiguration`, `GetBucketLifecycleConfiguration`, `DeleteBucketLifecycle`. */
export function lifecycleOperations(cloud: Cloud, sweeper: Sweeper) {
  const stores = storeOf(cloud);
  return {
    PutBucketLifecycleConfiguration(input, { account }) {
      const store = stores(account);
      const { name } = bucketNamed(store, input);
      const least = input.TransitionDefaultMinimumObjectSize ?? 'all_storage_classes_128K';
      if (!sizes.has(least))
        throw invalidRequest(`Invalid TransitionDefaultMinimumObjectSize found: ${least}`);
      const rules = readRules(input.LifecycleConfiguration?.Rules);
      store.lifecycles.set(name, { bucket: name, rules, least, sweptAt: cloud.clock.now() });
      sweeper.wake();
      return { TransitionDefaultMinimumObjectSize: least };
    },
    GetBucketLifecycleConfiguration(input, { account }) {
      const store = stores(account);
      const { name } = bucketNamed(store, input);
      const row = store.lifecycles.get(name);
      if (row === undefined) {
        throw new ServiceFailure(
          'NoSuchLifecycleConfiguration',
          'The lifecycle configuration does not exist',
          {
            status: 404,
            members: { BucketName: name },
          },
        );
      }
      return {
        Rules: row.rules.map(shownRule),
        TransitionDefaultMinimumObjectSize: row.least as TransitionDefaultMinimumObjectSize,
      };
    },
    DeleteBucketLifecycle(input, { account }) {
      const store = stores(account);
      store.lifecycles.delete(bucketNamed(store, input).name);
      return {};
    },
  } satisfies Operations<S3>;
}
