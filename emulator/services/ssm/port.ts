/**
 * What other services ask of Systems Manager inside the process: nothing. CloudFormation calls its operations in the
 * name of whoever deploys, so that their permissions count.
 */
export type SsmPort = object;
