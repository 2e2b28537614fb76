import type { AnyLab } from '../grader/api.ts';
import { lab as firstHandler } from './01-first-handler/lab.ts';
import { lab as triggers } from './02-triggers/lab.ts';
import { lab as cloudWatchLogs } from './03-cloudwatch-logs/lab.ts';
import { lab as coldStarts } from './04-cold-starts/lab.ts';
import { lab as apiGateway } from './05-api-gateway/lab.ts';
import { lab as accessControl } from './06-access-control/lab.ts';
import { lab as methodRouting } from './07-method-routing/lab.ts';
import { lab as stages } from './08-stages/lab.ts';
import { lab as samApps } from './09-sam-apps/lab.ts';

/** Every lab, in the order of the course. A new lab is one line here. */
export const labs: readonly AnyLab[] = [
  firstHandler,
  triggers,
  cloudWatchLogs,
  coldStarts,
  apiGateway,
  accessControl,
  methodRouting,
  stages,
  samApps,
];
