package io.ticketflow.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page's buttons save, by RFC 4180. */
final class CsvTest {
  private static final Context CONTEXT =
      Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();

  @BeforeAll
  static void load() {
    CONTEXT.eval("js", VegaLibraries.resource(ReportPage.PROGRAMS + "csv.js"));
  }

  @AfterAll
  static void close() {
    CONTEXT.close();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void holdsRowsAsTheyAre(String rows, String lines) {
    assertThat(CONTEXT.eval("js", "csv(" + rows + ")").asString()).isEqualTo(lines);
  }

  static List<Arguments> tables() {
    return List.of(
        // columns in the order in which rows first have them, and empty what a row lacks
        arguments("[{a: 1, b: 2.5}, {b: 0.1, c: 'x'}]", "a,b,c\r\n1,2.5,\r\n,0.1,x\r\n"),
        // numbers are never texts
        arguments("[{a: -1.5, b: 1e-7}]", "a,b\r\n-1.5,1e-7\r\n"),
        // what would end a cell is quoted, and quotes twice
        arguments(
            "[{a: 'x, y', b: 'say \"no\"', c: 'x\\ny'}]",
            "a,b,c\r\n\"x, y\",\"say \"\"no\"\"\",\"x\ny\"\r\n"),
        // what a spreadsheet would run
        arguments(
            "[{a: '=1+1', b: '+x', c: '-1', d: '@sum(A1)', e: 'a=b'}]",
            "a,b,c,d,e\r\n'=1+1,'+x,'-1,'@sum(A1),a=b\r\n"),
        arguments("[{a: '=f(1,2)'}]", "a\r\n\"'=f(1,2)\"\r\n"),
        arguments("[{'swamp · 8': 'ü ★'}]", "swamp · 8\r\nü ★\r\n"));
  }
}
