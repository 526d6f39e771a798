"use strict";
/**
 * Rows as CSV (RFC 4180): a header of all their keys in the order in which they first come, then a
 * line a row; what a row lacks is empty. A text that a spreadsheet would run as a formula has an
 * apostrophe before it.
 *
 * @param rows objects of texts and numbers
 */
const csv = (rows) => {
  const columns = [...new Set(rows.flatMap(Object.keys))];
  const cell = (value) => {
    if (typeof value === "number") return String(value);
    const text = String(value ?? "").replace(/^[=+\-@\t\r]/u, "'$&");
    return /[",\r\n]/u.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
  };
  const line = (values) => values.map(cell).join(",") + "\r\n";
  return line(columns) + rows.map((row) => line(columns.map((column) => row[column]))).join("");
};
