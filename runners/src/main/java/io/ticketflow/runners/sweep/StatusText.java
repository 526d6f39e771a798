package io.ticketflow.runners.sweep;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.runners.job.JobState;
import io.ticketflow.runners.output.RunState;
import io.ticketflow.runners.progress.OverviewText;
import io.ticketflow.schemas.FailureRecord;
import java.util.ArrayList;
import java.util.List;

/** How a run stands, for people and for programs. */
public final class StatusText {
  private static final JsonMapper MAPPER = new JsonMapper();

  private StatusText() {}

  /** A fact a line. */
  public static List<String> lines(StatusSnapshot standing) {
    List<String> lines = new ArrayList<>();
    lines.add("State      " + standing.status().state().words());
    standing
        .job()
        .ifPresent(
            job ->
                lines.add(
                    "Job        "
                        + job.job()
                        + " on "
                        + job.master()
                        + standing.jobState().map(state -> ", " + state.word()).orElse("")));
    if (standing.status().state() == RunState.RUNNING) {
      lines.addAll(OverviewText.lines(standing.overview()));
    } else {
      lines.add(
          "Trainings  "
              + standing.status().trained()
              + " made, "
              + standing.status().reused()
              + " found finished");
    }
    String message = standing.status().message();
    if (message != null) {
      lines.add("Reason     " + message);
    }
    for (FailureRecord failure : standing.failures()) {
      lines.add("Run " + failure.getRun() + " failed: " + failure.getMessage());
    }
    standing.remark().ifPresent(lines::add);
    return lines;
  }

  /** One object of JSON. */
  public static String json(StatusSnapshot standing) {
    ObjectNode json = MAPPER.valueToTree(standing.status());
    standing.job().ifPresent(job -> json.put("master", job.master()).put("job", job.job()));
    standing.jobState().map(JobState::name).ifPresent(state -> json.put("jobState", state));
    standing.overview().phase().ifPresent(phase -> json.put("phase", phase));
    if (standing.status().state() == RunState.RUNNING) {
      json.put("trained", standing.overview().finished().size());
      json.put("running", standing.overview().running().size());
      json.put("epochsDone", standing.overview().epochsDone());
      standing.overview().left().ifPresent(left -> json.put("secondsLeft", left.toSeconds()));
    }
    for (FailureRecord failure : standing.failures()) {
      json.withObjectProperty("failures").put(failure.getRun(), failure.getMessage());
    }
    standing.remark().ifPresent(remark -> json.put("remark", remark));
    return json.toPrettyString();
  }
}
