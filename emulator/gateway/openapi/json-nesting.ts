/**
 * Whether a JSON text nests more than `limit` levels. Whoever walks a document by calling itself has to ask this
 * first: near the end of the stack, V8 ends the whole process where a regular expression is compiled.
 */
export function nestsDeeper(json: string, limit: number): boolean {
  if (json.length <= limit) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case 0x22:
        at = endOfText(json, at);
        break;
      case 0x5b:
      case 0x7b:
        depth += 1;
        if (depth > limit) return true;
        break;
      case 0x5d:
      case 0x7d:
        depth -= 1;
        break;
      default:
        break;
    }
  }
  return false;
}

function endOfText(json: string, start: number): number {
  let end = start + 1;
  while (end < json.length && json[end] !== '"') end += json[end] === '\\' ? 2 : 1;
  return end;
}
