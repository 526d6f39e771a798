package io.ticketflow.runners.watch;

import io.ticketflow.pipelines.report.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page around the report: a line on top of it, and a program that asks how the run stands and
 * exchanges the report when there is another.
 */
final class WatchPage {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private WatchPage() {}

  /** The page as of that moment; it tells where the run stands without its program too. */
  static String html(String name, Moment moment) {
    Map<String, String> parts =
        Map.of(
            "name", Markup.text(name),
            "state", moment.standing().status().state().name(),
            "over", moment.isOver() ? "over" : "",
            "title", Markup.text(MomentText.state(moment)),
            "words", Markup.text(MomentText.words(moment)),
            "seen", moment.seen().toString(),
            "nothing", Markup.text(MomentText.nothing(moment)),
            "nothingHidden", moment.page().empty() ? "" : "hidden",
            "reportHidden", moment.page().empty() ? "hidden" : "",
            "version", moment.page().version());
    // One pass: a name that looks like a place is text.
    return PLACE
        .matcher(resource("watch.html"))
        .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
  }

  /** The text of a file beside this class. */
  static String resource(String name) {
    try (InputStream in = WatchPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
