type Tree = Readonly<Partial<Record<string, unknown>>>;

/** Where in a template CloudFormation or SAM is told of the boundary of a role that it makes. */
const property = 'PermissionsBoundary';

/** Types that are a role or have SAM make one, and the property that names one which is there already. */
const makers: Readonly<Partial<Record<string, string>>> = {
  'AWS::IAM::Role': '',
  'AWS::Serverless::Function': 'Role',
  'AWS::Serverless::StateMachine': 'Role',
};
/** The events of a function that have a role of their own, by which something calls the function. */
const callers: Readonly<Partial<Record<string, string>>> = { ScheduleV2: 'RoleArn' };

/**
 * The places of a template where a boundary has to stand so that every role has one, as paths from the root. Roles that
 * have one already, and resources that are given a role, are left out.
 */
export function unboundedIn(template: unknown): (readonly string[])[] {
  return Object.entries(treeOf(treeOf(template).Resources)).flatMap(([logicalId, resource]) => {
    const { Type: type, Properties } = treeOf(resource);
    const given = makers[String(type)];
    if (given === undefined) return [];
    const at = ['Resources', logicalId, 'Properties'];
    const properties = treeOf(Properties);
    return [
      ...(property in properties || given in properties ? [] : [[...at, property]]),
      ...Object.entries(treeOf(properties.Events)).flatMap(([name, event]) => {
        const { Type: kind, Properties: its } = treeOf(event);
        const role = callers[String(kind)];
        if (role === undefined || property in treeOf(its) || role in treeOf(its)) return [];
        return [[...at, 'Events', name, 'Properties', property]];
      }),
    ];
  });
}

/** A template in JSON in which every role has the boundary; any other text stays as it is. */
export function boundedTemplate(text: string, boundary: string): string {
  if (!text.trimStart().startsWith('{')) return text;
  let template: unknown;
  try {
    template = JSON.parse(text);
  } catch {
    // Written in YAML's flow style, or wrong: CloudFormation says which.
    return text;
  }
  const places = unboundedIn(template);
  return places.length === 0 ? text : JSON.stringify(places.reduce(put(boundary), treeOf(template)));
}

const put =
  (value: string) =>
  (tree: Tree, [key, ...rest]: readonly string[]): Tree =>
    key === undefined
      ? tree
      : { ...tree, [key]: rest.length === 0 ? value : put(value)(treeOf(tree[key]), rest) };

const treeOf = (value: unknown): Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};
