import type { DynamoDBStreamEvent } from 'aws-lambda';

/** Lambda reads the table's stream and calls this with changes, in the order in which they happened. */
export const handler = async (event: DynamoDBStreamEvent): Promise<void> => {
  // Gap 7: one row a change in the table AUDIT_TABLE: orderId, sequence, change, before, after.
  console.log('the stream says', JSON.stringify(event));
  return Promise.resolve();
};
