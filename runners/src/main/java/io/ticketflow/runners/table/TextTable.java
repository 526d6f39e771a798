package io.ticketflow.runners.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells as lines of aligned columns: the first column to the left, the others to the right.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with those column heads. */
  public TextTable(List<String> head) {
    rows.add(List.copyOf(head));
  }

  /** Adds a row; it has as many cells as the head. */
  public TextTable row(List<String> cells) {
    if (cells.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.size() + " cells under a head of " + rows.get(0).size());
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The lines, head first, without trailing spaces. */
  public List<String> lines() {
    int[] widths = widths();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  /**
   * Likewise, no wider than {@code width} where that is possible: columns between the second and
   * the last give way to one of dots, from the middle outwards.
   */
  public List<String> lines(int width) {
    TextTable table = this;
    int columns = rows.get(0).size();
    for (int shown = columns - 1; shown >= 3 && table.width() > width; shown--) {
      table = withColumns(shown);
    }
    return table.lines();
  }

  /** The first column, and of the others so many, the first and the last of them. */
  private TextTable withColumns(int shown) {
    int columns = rows.get(0).size();
    int front = shown - (shown - 1) / 2;
    int back = shown - front;
    List<List<String>> kept = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>(row.subList(0, front));
      cells.add("…");
      cells.addAll(row.subList(columns - back, columns));
      kept.add(cells);
    }
    TextTable table = new TextTable(kept.get(0));
    kept.subList(1, kept.size()).forEach(table::row);
    return table;
  }

  private int width() {
    int sum = -GAP.length();
    for (int width : widths()) {
      sum += width + GAP.length();
    }
    return sum;
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        widths[column] = Math.max(widths[column], cell.codePointCount(0, cell.length()));
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      String padding = " ".repeat(widths[column] - cell.codePointCount(0, cell.length()));
      line.append(column == 0 ? "" : GAP).append(column == 0 ? cell + padding : padding + cell);
    }
    return line.toString().stripTrailing();
  }
}
