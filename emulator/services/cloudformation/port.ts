/** What other services ask of CloudFormation: nothing; it asks them. */
export type CloudFormationPort = object;
