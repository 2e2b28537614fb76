/** Other services read streams through DynamoDB's own port. */
export type DynamodbStreamsPort = object;
