/** Puts a stage's variables into a text that names them: `${stageVariables.alias}`. One that is not there is empty. */
export function withStageVariables(text: string, variables: Readonly<Record<string, string>>): string {
  if (!text.includes('${stageVariables.')) return text;
  return text.replaceAll(/\$\{stageVariables\.([^}]*)\}/g, (_whole, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name] ?? '') : '',
  );
}
