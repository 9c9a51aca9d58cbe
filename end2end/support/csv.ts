/** Reads CSV as a spreadsheet does. */

export interface Table {
  heads: string[];
  rows: string[][];
}

/** The table behind the byte order mark. */
export function parse(bytes: Buffer): Table {
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  const rows: string[][] = [];
  let row: string[] = [];
  // A cell in quotes (two quotes inside mean one) or without; then what ends it.
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) throw new Error("this is no CSV with CRLF");
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === ",") continue;
    rows.push(row);
    row = [];
  }
  const [heads = [], ...rest] = rows;
  return { heads, rows: rest };
}
