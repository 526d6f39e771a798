package io.ticketflow.runners.watch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.output.RunStatus;
import io.ticketflow.runners.progress.Overview;
import io.ticketflow.runners.progress.TimeText;
import io.ticketflow.runners.sweep.StatusSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is told of a run above its report. */
final class MomentText {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** While a page is empty and its run goes on. */
  private static final String NOTHING =
      "Nothing is finished yet: results come with the first network that is trained and measured.";

  private static final String NOTHING_LEFT = "The run has left nothing that could be shown.";

  private static final String FOREIGN =
      "What is finished was made on other devices, or by another version of the program: name the"
          + " run's devices with --device.";

  private MomentText() {}

  /**
   * Where it stands, such as "3 of 10 networks and 9 of 40 epochs trained · about 2 min 05 s left".
   */
  static String words(Moment moment) {
    StatusSnapshot standing = moment.standing();
    RunStatus status = standing.status();
    List<String> parts = new ArrayList<>();
    if (status.state() == RunState.RUNNING) {
      Overview overview = standing.overview();
      overview.phase().ifPresent(parts::add);
      parts.add(
          String.format(
              Locale.ROOT,
              "%,d of %,d networks and %,d of %,d epochs trained",
              overview.finished().size(),
              overview.work().trainings(),
              overview.epochsDone(),
              overview.work().epochs()));
      if (!standing.isOver()) {
        overview
            .left()
            .filter(left -> left.toSeconds() > 0) // of what comes after trainings nothing is known
            .ifPresent(left -> parts.add("about " + TimeText.of(left) + " left"));
      }
    } else {
      parts.add(String.format(Locale.ROOT, "%,d networks trained", status.trained()));
    }
    if (status.reused() > 0) {
      parts.add(String.format(Locale.ROOT, "%,d found finished", status.reused()));
    }
    if (status.message() != null) {
      parts.add(status.message());
    }
    standing.remark().ifPresent(parts::add);
    moment.trouble().ifPresent(why -> parts.add("It cannot be read just now: " + why));
    return String.join(" · ", parts);
  }

  /** The run's state, such as "Running"; "Stopped" if it says so, but nobody works for it. */
  static String state(Moment moment) {
    RunState state = moment.standing().status().state();
    if (state == RunState.RUNNING && moment.standing().isOver()) {
      return "Stopped";
    }
    String words = state.words();
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** What is told in place of a report that would be empty; nothing if there is one. */
  static String nothing(Moment moment) {
    if (!moment.page().empty()) {
      return "";
    }
    if (moment.page().foreign()) {
      return FOREIGN;
    }
    return moment.isOver() ? NOTHING_LEFT : NOTHING;
  }

  /** All of it, for the page's program. */
  static String json(Moment moment) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("version", moment.page().version());
    json.put("state", moment.standing().status().state().name());
    json.put("over", moment.isOver());
    json.put("title", state(moment));
    json.put("words", words(moment));
    json.put("nothing", nothing(moment));
    json.put("seen", moment.seen().toString());
    return json.toString();
  }
}
