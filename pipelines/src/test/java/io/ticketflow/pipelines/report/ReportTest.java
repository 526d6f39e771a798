package io.ticketflow.pipelines.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportTest {
  private static final Pattern SCRIPT = Pattern.compile("(?s)<script[^>]*>(.*?)</script>");
  private static final Pattern DATA =
      Pattern.compile("(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>");

  @TempDir Path folder;

  @Test
  void headlineTableHoldsMeanAndSampleDeviationOverSeeds() throws IOException {
    // Merged: mean 0.91, std sqrt((0.01² + 0 + 0.01²) / 2) = 0.01.
    SampleTables tables = new SampleTables();
    for (int seed = 0; seed < 3; seed++) {
      String run = "swamp-" + seed;
      double merged = 0.90 + 0.01 * seed;
      tables
          .cycle(run, "swamp", "", seed, 0, 1, "merged", null, merged)
          .cycle(run, "swamp", "", seed, 0, 1, "particle", 0, merged - 0.04)
          .cycle(run, "swamp", "", seed, 0, 1, "particle", 1, merged - 0.02)
          .cycle(run, "swamp", "", seed, 0, 1, "ensemble", null, 0.95);
    }
    tables.cycle("imp-0", "imp", "", 0, 0, 1, "merged", null, 0.5);
    String page = page(tables.named("x"));
    assertThat(page)
        .contains("<strong>★ 91.00 ± 1.00</strong>")
        .contains("<small>particles 88.00 ± 1.00</small>")
        .contains("<small>ensemble 95.00 ± 0.00</small>")
        .contains("<span class=\"mean\">50.00</span>")
        .contains("<th scope=\"row\"><span class=\"name\">100 %</span></th>");
    JsonNode merged = find(data(page).get("accuracy"), "swamp", "merged");
    assertThat(merged.get("mean").asDouble()).isCloseTo(0.91, within(1e-12));
    assertThat(merged.get("std").asDouble()).isCloseTo(0.01, within(1e-12));
    assertThat(merged.get("min").asDouble()).isEqualTo(0.90);
    assertThat(merged.get("seeds").asInt()).isEqualTo(3);
    JsonNode particles = find(data(page).get("accuracy"), "swamp", "particles");
    assertThat(particles.get("mean").asDouble()).isCloseTo(0.88, within(1e-12));
  }

  @Test
  void alignsMethodsByDensityAndLeavesGapsEmpty() throws IOException {
    String page =
        page(
            new SampleTables()
                .cycle("a", "a", "", 0, 0, 1, "merged", null, 0.9)
                .cycle("a", "a", "", 0, 1, 0.512, "merged", null, 0.8)
                .cycle("b", "b", "", 0, 0, 1, "merged", null, 0.7)
                .named("x"));
    assertThat(rows(page)).containsExactly("Density|a|b", "100 %|★ 90.00|70.00", "51.2 %|80.00|–");
  }

  @Test
  void curvesAreMeansOverSeedsAndParticlesAndBeginWithTheMatchingTicket() throws IOException {
    SampleTables tables =
        new SampleTables()
            .epoch("r0", "m", "", 0, 0, -1, 1, 1, 3, null)
            .epoch("r0", "m", "", 0, 0, 0, 1, 2, 1, 0.5)
            .epoch("r0", "m", "", 0, 0, 1, 1, 2, 2, 0.7)
            .epoch("r1", "m", "", 1, 0, 0, 1, 2, 3, null);
    JsonNode curves = data(page(tables.named("x"))).get("curves");
    assertThat(curves).hasSize(2);
    assertThat(curves.get(0).get("trainLoss").asDouble()).isEqualTo(3);
    assertThat(curves.get(0).has("validationAccuracy")).isFalse();
    assertThat(curves.get(1).get("epoch").asInt()).isEqualTo(2);
    assertThat(curves.get(1).get("trainLoss").asDouble()).isEqualTo(2);
    assertThat(curves.get(1).get("validationAccuracy").asDouble()).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void layersKeepTheNetworksOrder() throws IOException {
    JsonNode layers =
        data(page(new SampleTables().run("imp", "", 1, 1, 1, 1).named("x"))).get("layers");
    assertThat(layers.findValuesAsText("tensor").subList(0, 5))
        .containsExactly(
            "conv1.weight", "conv2.weight", "fc1.weight", "fc2.weight", "output.weight");
  }

  @Test
  void ordersVariantsByTheirNumbers() throws IOException {
    SampleTables tables = new SampleTables();
    for (int particles : new int[] {16, 2, 8}) {
      String variant = "particles=" + particles;
      tables.cycle("r" + particles, "swamp", variant, 0, 0, 1, "merged", null, 0.5);
    }
    assertThat(data(page(tables.named("x"))).get("series").toString())
        .isEqualTo("[\"swamp · particles=2\",\"swamp · particles=8\",\"swamp · particles=16\"]");
  }

  @Test
  void ordersAxesByTheSizeOfTheirFractions() throws IOException {
    SampleTables tables = new SampleTables();
    for (String rate : List.of("0.1", "0.2", "0.05", "0.5", "0.15")) {
      tables.cycle("r" + rate, "imp", "pruning.rate=" + rate, 0, 0, 1, "merged", null, 0.5);
    }
    String page = page(tables.named("x"));
    assertThat(rows(page))
        .containsExactly(
            "Density|imp · rate=0.05|imp · rate=0.1|imp · rate=0.15|imp · rate=0.2|imp · rate=0.5",
            "100 %|★ 50.00|★ 50.00|★ 50.00|★ 50.00|★ 50.00");
    assertThat(page).contains("Here rate is pruning.rate.");
    assertThat(data(page).get("series").get(0).asText()).isEqualTo("imp · rate=0.05");
  }

  @Test
  void sameTablesGiveSameBytes() throws IOException {
    assertThat(page(sweep().named("x"))).isEqualTo(page(sweep().named("x")));
  }

  /** Persian and Arabic have digits of their own by default, Thai where it is asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "th-TH-u-nu-thai", "tr-TR", "de-DE"})
  void theReadersLocaleChangesNoByte(String tag) throws IOException {
    String message = "cycle 3, particle 1: the loss of epoch 7 is NaN at learning rate 0.1";
    ExperimentTables tables = sweep().failure("imp-9", 3, 1, message).named("I");
    Locale before = Locale.getDefault();
    String plain = page(tables);
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      assertThat(page(tables)).isEqualTo(plain);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(plain).contains("cycles 0 to 12, 100 % to");
  }

  @Test
  void refersToNothingOutsideThePage() throws IOException {
    String page = page(sweep().named("sample"));
    Files.writeString(Path.of("target", "report-sample.html"), page);
    String markup = SCRIPT.matcher(page).replaceAll("");
    assertThat(markup)
        .doesNotContainPattern("(?i)\\b(src|href|srcset|action|poster)\\s*=")
        .doesNotContainPattern("(?i)@import|url\\(|//[a-z]")
        .contains("default-src 'none'");
    Matcher scripts = SCRIPT.matcher(page);
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
        page(
            new SampleTables()
                .cycle(evil, evil, "a=\"1\"", 0, 0, 1, "merged", null, 0.5)
                .failure(evil, 0, null, evil)
                .named(evil));
    assertThat(page).doesNotContain("<script>alert");
    String label = data(page).get("series").get(0).asText();
    assertThat(label).isEqualTo(evil + " · a=\"1\"");
    String escaped = "&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;{{data}}";
    assertThat(page).contains("<h1>" + escaped);
    assertThat(SCRIPT.matcher(page).results().count()).isEqualTo(5);
  }

  @Test
  void showsFailuresBeforeResults() throws IOException {
    String message = "cycle 3, particle 1: the loss of epoch 7 is NaN at learning rate 0.1";
    String page = page(sweep().failure("imp-9", 3, 1, message).named("x"));
    assertThat(page).contains("<h2>1 failure</h2>");
    assertThat(page.indexOf(message)).isBetween(0, page.indexOf("<h2>Results</h2>"));
  }

  @Test
  void numbersThatAreNotFiniteAreLeftOut() throws IOException {
    String page =
        page(
            new SampleTables()
                .cycle("a", "a", "", 0, 0, 1, "merged", null, Double.NaN)
                .cycle("b", "a", "", 1, 0, 1, "merged", null, 0.5)
                .epoch("a", "a", "", 0, 0, 0, 1, 1, Double.POSITIVE_INFINITY, Double.NaN)
                .named("x"));
    assertThat(DATA.matcher(page).results().findFirst().orElseThrow().group(1))
        .doesNotContain("NaN")
        .doesNotContain("Infinity");
    assertThat(find(data(page).get("accuracy"), "a", "merged").get("mean").asDouble())
        .isEqualTo(0.5);
  }

  @Test
  void aPageOfNoResultsSaysSo() throws IOException {
    assertThat(page(new SampleTables().named("x")))
        .contains("no network has been measured yet")
        .contains("There are no measures on the test split.")
        .doesNotContain("<figure>");
  }

  @Test
  void withoutValidationThereIsNoValidationChart() throws IOException {
    String page = page(new SampleTables().epoch("r", "m", "", 0, 0, 0, 1, 1, 2, null).named("x"));
    assertThat(page).contains("id=\"loss\"").doesNotContain("id=\"validation\"");
  }

  @Test
  void thinsLongCurvesToWhatABrowserDrawsAndSaysSo() throws IOException {
    SampleTables tables = new SampleTables();
    for (int seed = 0; seed < 2; seed++) {
      tables.run("imp", "", seed, 1, 20, 400);
    }
    String page = page(tables.named("x"));
    JsonNode curves = data(page).get("curves");
    assertThat(curves.size()).isBetween(2500, Thinned.MOST_POINTS);
    assertThat(curves.get(0).get("epoch").asInt()).isEqualTo(1);
    assertThat(curves.get(curves.size() - 1).get("epoch").asInt()).isEqualTo(400);
    assertThat(page).contains("One epoch in 2 is drawn.");
  }

  @Test
  void foldersOfOneNameAreToldApartByTheirParents() throws IOException {
    Path first = output("one/out", new SampleTables().run("imp", "", 1, 1, 1, 2).named(""));
    Path second = output("two/out", new SampleTables().run("imp", "", 1, 1, 1, 2).named(""));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Report.ofFolders(List.of(Location.of(first), Location.of(second), Location.of(first)), out);
    String page = out.toString(UTF_8);
    assertThat(page).contains("<h1>one/out, two/out</h1>");
    assertThat(data(page).get("series").toString())
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

  private static SampleTables sweep() {
    SampleTables tables = new SampleTables();
    for (int seed = 0; seed < 3; seed++) {
      tables
          .run("imp", "", seed, 1, 12, 20)
          .run("swamp", "particles=4", seed, 4, 12, 20)
          .run("swamp", "particles=8", seed, 8, 12, 20);
    }
    return tables;
  }

  private Path output(String name, ExperimentTables tables) throws IOException {
    Path output = folder.resolve(name);
    Tables.CYCLES.write(new LocalBlobs(output), "0", tables.cycles());
    Tables.EPOCHS.write(new LocalBlobs(output), "0", tables.epochs());
    Tables.LAYERS.write(new LocalBlobs(output), "0", tables.layers());
    Tables.FAILURES.write(new LocalBlobs(output), "0", tables.failures());
    return output;
  }

  private static String page(ExperimentTables... experiments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Report.write(List.of(experiments), out);
    return out.toString(UTF_8);
  }

  private static JsonNode data(String page) throws IOException {
    Matcher data = DATA.matcher(page);
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }

  private static JsonNode find(JsonNode points, String series, String subject) {
    for (JsonNode point : points) {
      if (point.get("series").asText().equals(series)
          && point.get("subject").asText().equals(subject)) {
        return point;
      }
    }
    throw new AssertionError("no " + subject + " of " + series + " in " + points);
  }

  /** Cells of the headline table, tags taken away. */
  private static List<String> rows(String page) {
    return Pattern.compile("(?s)<tr>(.*?)</tr>")
        .matcher(SCRIPT.matcher(page).replaceAll(""))
        .results()
        .map(row -> row.group(1).replaceAll("</t[hd]><", "|<").replaceAll("<[^>]*>", ""))
        .toList();
  }
}
