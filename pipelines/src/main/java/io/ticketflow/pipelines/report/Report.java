package io.ticketflow.pipelines.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.ticketflow.schemas.MetricRow;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes the results of one or several experiments as one HTML page. */
public final class Report {
  private static final String TABLES =
      "the tables in <code>metrics/</code>. Every number here is a mean of rows of these Parquet"
          + " files";
  private static final String FINISHED_ACTIONS =
      "what is finished so far. Every number here is a mean of what the tables will have as rows";
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private Report() {}

  /**
   * Writes the page of the results in those output folders, each called by its folder's name.
   *
   * @throws UserException naming a folder without results or a damaged file
   */
  public static void ofFolders(List<Location> folders, OutputStream out) throws IOException {
    out.write(ofFolders(folders).html().getBytes(UTF_8));
  }

  /** Likewise, but the page and what its figures draw. */
  public static ReportPage ofFolders(List<Location> folders) throws IOException {
    List<ExperimentTables> experiments = new ArrayList<>();
    List<Location> real =
        new ArrayList<>(new LinkedHashSet<>(folders.stream().map(Report::real).toList()));
    for (Location folder : real) {
      experiments.add(ExperimentTables.read(name(folder, real), folder));
    }
    return of(experiments);
  }

  /**
   * A page of what is finished of an output, called as {@link #ofFolders} calls it.
   *
   * @param rows of finished work
   */
  public static void ofUnfinished(Location folder, List<MetricRow> rows, OutputStream out)
      throws IOException {
    Location real = real(folder);
    ExperimentTables tables = ExperimentTables.ofMetrics(name(real, List.of(real)), rows);
    out.write(of(List.of(tables), FINISHED_ACTIONS).html().getBytes(UTF_8));
  }

  /**
   * A page that needs no other file and no network, UTF-8: headline table, test accuracy against
   * density, training curves, layer densities, images/s, what was measured beside, and failures
   * above all. Means are over seeds; large sweeps are thinned, and the page says so. The same
   * tables give the same bytes.
   *
   * @param experiments their names tell them apart and must differ
   */
  static ReportPage of(List<ExperimentTables> experiments) {
    return of(experiments, TABLES);
  }

  private static ReportPage of(List<ExperimentTables> experiments, String source) {
    if (experiments.stream().map(ExperimentTables::name).distinct().count() < experiments.size()) {
      throw new IllegalArgumentException("experiments of one name: " + Headline.title(experiments));
    }
    List<AccuracyPoint> accuracy = AccuracyPoint.of(experiments);
    Thinned<CurvePoint> curves = CurvePoint.of(experiments);
    Thinned<LayerPoint> layers = LayerPoint.of(experiments);
    List<SpeedPoint> speeds = SpeedPoint.of(experiments);
    Set<Series> found = new HashSet<>();
    accuracy.forEach(point -> found.add(point.series()));
    curves.points().forEach(point -> found.add(point.series()));
    layers.points().forEach(point -> found.add(point.series()));
    speeds.forEach(point -> found.add(point.series()));
    Set<Series> all = new TreeSet<>(found);
    Map<Series, String> labels = SeriesLabels.whole(all);
    Map<Series, String> brief = SeriesLabels.brief(all);
    List<Gain> gains = Gain.of(experiments);
    List<Figure> measures = MeasureFigures.of(experiments, brief);
    List<FigureSection> figures =
        new ArrayList<>(BasicFigures.of(accuracy, curves, layers, speeds));
    measures.forEach(figure -> figures.add(FigureSection.of(figure)));
    String data = Markup.json(Charts.data(accuracy, curves, layers, speeds, measures, brief));

    Map<String, String> parts = new HashMap<>();
    parts.put("source", source);
    parts.put("notice", DataNotice.html(experiments));
    parts.put("headline", Markup.text(HeadlineSentence.of(experiments, gains, labels)));
    parts.putAll(
        Map.of(
            "title", Markup.text(Headline.title(experiments)),
            "summary", Markup.text(Headline.summary(experiments, all)),
            "failures", FailureTable.html(experiments),
            "results", results(accuracy, labels),
            "figures",
                GainsTable.html(gains, labels)
                    + MatchingTable.html(experiments, labels)
                    + ShortfallTable.html(experiments, labels)
                    + figures.stream().map(FigureSection::html).collect(joining())
                    + BudgetTable.html(experiments)
                    + RanSection.html(experiments),
            "versions", VegaLibraries.names(),
            "style", VegaLibraries.resource(ReportPage.PROGRAMS + "report.css"),
            "libraries", libraries(),
            "data", data,
            "program", Markup.script(program())));
    return new ReportPage(
        filled(VegaLibraries.resource(ReportPage.PROGRAMS + "report.html"), parts),
        data,
        figures.stream().map(FigureSection::id).toList());
  }

  /** In one pass, so that a name that looks like a place is text. */
  private static String filled(String page, Map<String, String> parts) {
    StringBuilder filled = new StringBuilder();
    Matcher place = PLACE.matcher(page);
    while (place.find()) {
      // Not as the replacement, which is looked through letter by letter: libraries are a megabyte.
      place.appendReplacement(filled, "");
      filled.append(parts.getOrDefault(place.group(1), ""));
    }
    return place.appendTail(filled).toString();
  }

  private static String results(List<AccuracyPoint> accuracy, Map<Series, String> labels) {
    return accuracy.isEmpty()
        ? "<p>There are no measures on the test split.</p>\n"
        : ResultsTable.html(accuracy, labels);
  }

  private static String program() {
    return Stream.concat(
            ReportPage.charts(),
            Stream.of("csv.js", "report.js")
                .map(name -> VegaLibraries.resource(ReportPage.PROGRAMS + name)))
        .collect(joining("\n"));
  }

  private static String libraries() {
    return VegaLibraries.ALL.stream()
        .map(library -> "<script>" + Markup.script(library.program()) + "</script>")
        .collect(joining("\n"));
  }

  private static Location real(Location folder) {
    Optional<Path> path = folder.folder();
    try {
      return path.isPresent() ? new Location(path.get().toRealPath().toString()) : folder;
    } catch (IOException e) {
      throw new UserException(folder + " is not a folder that can be read");
    }
  }

  /** The folder's name, behind its parents' as far as it takes to tell it from the others. */
  private static String name(Location folder, List<Location> all) {
    return name(path(folder), all.stream().map(Report::path).toList());
  }

  /** A bucket and its prefix are a path in this. */
  private static Path path(Location folder) {
    return folder.folder().orElseGet(() -> Path.of(folder.root().replaceFirst(":/+", "/")));
  }

  private static String name(Path folder, List<Path> all) {
    for (int parts = 1; parts < folder.getNameCount(); parts++) {
      int from = folder.getNameCount() - parts;
      Path name = folder.subpath(from, folder.getNameCount());
      if (all.stream().filter(other -> other.endsWith(name)).count() == 1) {
        return name.toString();
      }
    }
    return folder.toString();
  }
}
