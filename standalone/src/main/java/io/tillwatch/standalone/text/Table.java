package io.tillwatch.standalone.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A plain text table: columns as wide as their widest entry, numbers to the right. */
public final class Table {

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table without rows, under these headings. */
  public Table(String... header) {
    this.header = List.of(header);
  }

  /** Adds one row; it has as many entries as the header. */
  public void row(String... entries) {
    if (entries.length != header.size()) {
      throw new IllegalArgumentException(
          "a row of %d entries in a table of %d columns".formatted(entries.length, header.size()));
    }
    rows.add(List.of(entries));
  }

  /** Whether it has no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Prints header and rows. */
  public void print(PrintWriter out) {
    int[] widths = new int[header.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = header.get(i).length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    line(out, header, widths);
    rows.forEach(row -> line(out, row, widths));
  }

  private static void line(PrintWriter out, List<String> entries, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String entry = entries.get(i);
      String padding = " ".repeat(widths[i] - entry.length());
      line.append(i == 0 ? "" : "  ").append(isNumber(entry) ? padding + entry : entry + padding);
    }
    out.println(line.toString().stripTrailing());
  }

  private static boolean isNumber(String entry) {
    return !entry.isEmpty() && entry.chars().allMatch(c -> "0123456789.,%-+ ".indexOf(c) >= 0);
  }
}
