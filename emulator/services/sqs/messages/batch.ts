import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { ServiceFailure } from '../../../service/failure.ts';

/** Most entries of a batch. */
const MOST = 10;

/**
 * Checks the entries of a batch as a whole.
 * @throws ServiceFailure in SQS's words
 */
export function checkBatch(entries: readonly { readonly Id: string | undefined }[] | undefined): void {
  if (entries === undefined || entries.length === 0) {
    throw new ServiceFailure(
      'EmptyBatchRequest',
      'There should be at least one SendMessageBatchRequestEntry in the request.',
    );
  }
  if (entries.length > MOST) {
    throw new ServiceFailure(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${String(MOST)}. You have sent ${String(entries.length)}.`,
    );
  }
  const seen = new Set<string>();
  for (const { Id: id = '' } of entries) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) {
      throw new ServiceFailure(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (seen.has(id)) throw new ServiceFailure('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    seen.add(id);
  }
}

/** The codes of the query protocol, which a failed entry has in every protocol. */
const queryCodes: Readonly<Record<string, string>> = {
  InvalidParameterValueException: 'InvalidParameterValue',
  MissingRequiredParameterException: 'MissingParameter',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
};

/** Runs each entry of a batch: one that fails does not keep the others from succeeding. */
export function eachEntry<Entry extends { readonly Id: string | undefined }, Success>(
  entries: readonly Entry[],
  run: (entry: Entry) => Success,
): { Successful: Success[]; Failed: BatchResultErrorEntry[] | undefined } {
  const successful: Success[] = [];
  const failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    try {
      successful.push(run(entry));
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
      failed.push({
        Id: entry.Id ?? '',
        SenderFault: true,
        Code: queryCodes[error.code] ?? error.code,
        Message: error.message,
      });
    }
  }
  return { Successful: successful, Failed: failed.length > 0 ? failed : undefined };
}
