import { ServiceFailure } from '../../service/failure.ts';

/** What CloudFormation does not take: no shape of its model, but what AWS answers. */
export const invalid = (message: string): ServiceFailure =>
  new ServiceFailure('ValidationError', message, { status: 400 });

/** As most operations say it of a name or an id. */
export const noSuchStack = (nameOrId: string): ServiceFailure =>
  invalid(`Stack with id ${nameOrId} does not exist`);

/** As operations that change a stack say it. */
export const noStackNamed = (name: string): ServiceFailure => invalid(`Stack [${name}] does not exist`);

export const noSuchChangeSet = (name: string): ServiceFailure =>
  new ServiceFailure('ChangeSetNotFoundException', `ChangeSet [${name}] does not exist`);

export const alreadyExists = (message: string): ServiceFailure =>
  new ServiceFailure('AlreadyExistsException', message);

export const lacksCapabilities = (capabilities: readonly string[]): ServiceFailure =>
  new ServiceFailure('InsufficientCapabilitiesException', needsCapabilities(capabilities));

export const needsCapabilities = (capabilities: readonly string[]): string =>
  `Requires capabilities : [${capabilities.join(', ')}]`;

export const changeSetStatus = (message: string): ServiceFailure =>
  new ServiceFailure('InvalidChangeSetStatusException', message);

export const tokenInUse = (message: string): ServiceFailure =>
  new ServiceFailure('TokenAlreadyExistsException', message);

/** Something that AWS has and Coldstart has not: never accepted and then ignored. */
export const notBuilt = (what: string): ServiceFailure =>
  invalid(`Coldstart's embedded cloud does not have ${what}; the request was refused, nothing was changed.`);
