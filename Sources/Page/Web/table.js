// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tables in Markdown (GitHub Flavored Markdown, 4.10), as nodes of markdown.js.

const delimiterRow = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Whether the line `index` is the head of a table; of one that is still coming as soon as it may be. */
export function beginsTable(reader, lines, index) {
  const head = reader.text(lines[index]);
  if (!head.includes('|')) return false;
  if (index + 1 >= lines.length) return reader.grows(lines[index]) && /^ *\|/.test(head);
  const next = reader.text(lines[index + 1]);
  // A part of the row that makes it a table.
  if (reader.grows(lines[index + 1]) && /^ *\|/.test(head) && /^[ |:-]*$/.test(next)) return true;
  return delimiterRow.test(next) && next.includes('-')
    && cellsOf(reader, lines[index + 1]).length === cellsOf(reader, lines[index]).length;
}

/** @returns the table, and the first line after it. */
export function readTable(reader, lines, index) {
  const sides = lines[index + 1] ? cellsOf(reader, lines[index + 1]).map((cell) => sideOf(reader.text(cell).trim())) : [];
  const width = cellsOf(reader, lines[index]).length;
  const row = (line, tag) => ({
    tag: 'tr',
    children: cellsOf(reader, line).slice(0, width).map((cell, column) =>
      ({ tag, name: sides[column], children: reader.inline([cell]) })),
  });
  const rows = [];
  let next = index + 2;
  for (; next < lines.length; next++) {
    const line = reader.text(lines[next]);
    if (!line.trim() || !line.includes('|') && !reader.grows(lines[next])) break;
    rows.push(row(lines[next], 'td'));
  }
  const body = rows.length ? [{ tag: 'tbody', children: rows }] : [];
  const children = [{ tag: 'thead', children: [row(lines[index], 'th')] }, ...body];
  const to = lines[Math.min(next, lines.length) - 1].end;
  return [{ tag: 'table', kind: 'table', from: lines[index].at, to, children }, next];
}

/** Where the text of a column stands, if not at the beginning. */
function sideOf(delimiter) {
  if (!delimiter.endsWith(':')) return undefined;
  return delimiter.startsWith(':') ? 'middle' : 'end';
}

/** The cells of a row, each as a line. */
function cellsOf(reader, line) {
  const { source } = reader;
  const cells = [];
  const add = (from, to) => {
    const text = source.slice(from, to);
    const at = from + text.length - text.trimStart().length;
    cells.push({ ...line, at: Math.min(at, to), end: Math.max(at, from + text.trimEnd().length) });
  };
  const text = reader.text(line);
  let from = line.at + text.length - text.trimStart().length;
  if (source[from] === '|') from++;
  let isCode = false;
  for (let at = from; at < line.end; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '`') isCode = !isCode;
    else if (source[at] === '|' && !isCode) {
      add(from, at);
      from = at + 1;
    }
  }
  if (source.slice(from, line.end).trim()) add(from, line.end);
  return cells;
}
