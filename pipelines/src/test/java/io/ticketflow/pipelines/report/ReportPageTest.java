package io.ticketflow.pipelines.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import io.ticketflow.store.LocalBlobs;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a report is as a page: one file, the same bytes, safe against names, and clear of errors.
 */
final class ReportPageTest {
  @TempDir Path folder;

  @Test
  void sameTablesGiveSameBytes() throws IOException {
    assertThat(ReportPages.page(ReportPages.sweep().named("x")))
        .isEqualTo(ReportPages.page(ReportPages.sweep().named("x")));
  }

  /** Persian and Arabic have digits of their own by default, Thai where it is asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "th-TH-u-nu-thai", "tr-TR", "de-DE"})
  void theReadersLocaleChangesNoByte(String tag) throws IOException {
    String message = "cycle 3, particle 1: the loss of epoch 7 is NaN at learning rate 0.1";
    ExperimentTables tables = ReportPages.sweep().failure("imp-9", 3, 1, message).named("I");
    Locale before = Locale.getDefault();
    String plain = ReportPages.page(tables);
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      assertThat(ReportPages.page(tables)).isEqualTo(plain);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(plain).contains("cycles 0 to 12, 100 % to");
  }

  @Test
  void refersToNothingOutsideThePage() throws IOException {
    String page = ReportPages.page(ReportPages.sweep().named("sample"));
    Files.writeString(Path.of("target", "report-sample.html"), page);
    String markup = ReportPages.SCRIPT.matcher(page).replaceAll("");
    assertThat(markup)
        .doesNotContainPattern("(?i)\\b(src|href|srcset|action|poster)\\s*=")
        .doesNotContainPattern("(?i)@import|url\\(|//[a-z]")
        .contains("default-src 'none'");
    Matcher scripts = ReportPages.SCRIPT.matcher(page);
    while (scripts.find()) {
      assertThat(scripts.group())
          .matches("(?s)<script( type=\"application/json\" id=\"data\")?>.*");
      assertThat(scripts.group(1)).doesNotContain("sourceMappingURL");
    }
  }

  @Test
  void namesCannotBreakThePage() throws IOException {
    String evil = "</script><script>alert('x')</script>\"{{data}}<!--";
    String page =
        ReportPages.page(
            new SampleTables()
                .cycle(evil, evil, "a=\"1\"", 0, 0, 1, "merged", null, 0.5)
                .failure(evil, 0, null, evil)
                .named(evil));
    assertThat(page).doesNotContain("<script>alert");
    String label = ReportPages.data(page).get("series").get(0).asText();
    assertThat(label).isEqualTo(evil + " · a=\"1\"");
    String escaped = "&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;{{data}}";
    assertThat(page).contains("<h1>" + escaped);
    assertThat(ReportPages.SCRIPT.matcher(page).results().count()).isEqualTo(5);
  }

  @Test
  void showsFailuresBeforeResults() throws IOException {
    String message = "cycle 3, particle 1: the loss of epoch 7 is NaN at learning rate 0.1";
    String page = ReportPages.page(ReportPages.sweep().failure("imp-9", 3, 1, message).named("x"));
    assertThat(page).contains("<h2>1 failure</h2>");
    assertThat(page.indexOf(message)).isBetween(0, page.indexOf("<h2>Results</h2>"));
  }

  @Test
  void aPageOfNoResultsSaysSo() throws IOException {
    assertThat(ReportPages.page(new SampleTables().named("x")))
        .contains("no network has been measured yet")
        .contains("There are no measures on the test split.")
        .doesNotContain("<figure>");
  }

  @Test
  void foldersOfOneNameAreToldApartByTheirParents() throws IOException {
    Path first = output("one/out", new SampleTables().run("imp", "", 1, 1, 1, 2).named(""));
    Path second = output("two/out", new SampleTables().run("imp", "", 1, 1, 1, 2).named(""));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Report.ofFolders(List.of(Location.of(first), Location.of(second), Location.of(first)), out);
    String page = out.toString(UTF_8);
    assertThat(page).contains("<h1>one/out, two/out</h1>");
    assertThat(ReportPages.data(page).get("series").toString())
        .isEqualTo("[\"one/out · imp\",\"two/out · imp\"]");
  }

  @Test
  void namesTheFolderWithoutResultsAndTheDamagedFile() throws IOException {
    assertThatThrownBy(
            () -> Report.ofFolders(List.of(Location.of(folder)), OutputStream.nullOutputStream()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(folder.getFileName().toString())
        .hasMessageContaining("holds no results");
    Path damaged = output("damaged", new SampleTables().named(""));
    Path cycles = Files.createDirectories(damaged.resolve("metrics/cycles"));
    Files.writeString(cycles.resolve("0.parquet"), "PAR1 no more");
    assertThatThrownBy(
            () -> Report.ofFolders(List.of(Location.of(damaged)), OutputStream.nullOutputStream()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("0.parquet is damaged");
  }

  private Path output(String name, ExperimentTables tables) throws IOException {
    Path output = folder.resolve(name);
    Tables.CYCLES.write(new LocalBlobs(output), "0", tables.rows(Tables.CYCLES));
    Tables.EPOCHS.write(new LocalBlobs(output), "0", tables.rows(Tables.EPOCHS));
    Tables.LAYERS.write(new LocalBlobs(output), "0", tables.rows(Tables.LAYERS));
    Tables.FAILURES.write(new LocalBlobs(output), "0", tables.rows(Tables.FAILURES));
    return output;
  }
}
