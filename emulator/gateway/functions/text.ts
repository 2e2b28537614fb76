/**
 * Whether a body of a type is text for a function that gets payload format 2.0. What is none of these comes in base64,
 * forms of browsers too (recorded: test_lambda_url_form_payload).
 */
export function isText(contentType = ''): boolean {
  return /^\s*(?:text\/|application\/(?:json|javascript|xml|[\w.-]+\+(?:json|xml))\b)/i.test(contentType);
}
