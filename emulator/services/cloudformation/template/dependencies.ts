import { TemplateFailure } from './failure.ts';
import type { Template } from './model.ts';

/** Which resources each resource needs: by `Ref`, `Fn::GetAtt`, `Fn::Sub` and `DependsOn`. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The dependencies of the resources whose conditions hold. `Fn::If` counts with the branch that is taken.
 * @param conditions of each condition whether it holds
 */
export function dependenciesOf(template: Template, conditions: ReadonlyMap<string, boolean>): Dependencies {
  throw new TemplateFailure(`Not yet: ${JSON.stringify([template, conditions])}`);
}

/** The resources in an order in which each comes after what it needs. @throws TemplateFailure for a circle */
export function inOrder(dependencies: Dependencies): readonly string[] {
  throw new TemplateFailure(`Not yet: ${JSON.stringify(dependencies)}`);
}
