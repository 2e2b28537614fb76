/**
 * A text that a spreadsheet shows and does not run: one that begins like a formula gets an apostrophe before it
 * (OWASP, "CSV Injection"). Fullwidth signs count too: spreadsheets with East Asian settings read them as signs.
 */
export const inert = (text: string): string => (/^\s*[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text);

/** A field of a CSV file (RFC 4180), quoted where it has to be. */
export function csvCell(text: string): string {
  const safe = inert(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
