// A file of its own, so that a bundle takes this one command from its package and not all of them.
export { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
