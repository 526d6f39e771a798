package io.ticketflow.method;

import io.ticketflow.method.measure.Survey;
import io.ticketflow.method.measure.Surveys;
import io.ticketflow.method.step.Failing;
import io.ticketflow.method.step.Yield;
import io.ticketflow.result.CostRows;
import io.ticketflow.schemas.MeasureTask;
import io.ticketflow.schemas.MeasuredPart;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.spec.MeasureSpec.Name;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Done;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** What {@code measure.take} asks for, once all cycles are there. */
public final class TakeMeasures {
  private static final Comparator<MergedRecord> ORDER =
      Comparator.comparing((MergedRecord solution) -> solution.getRun().getRun())
          .thenComparingInt(solution -> solution.getTicket().getCycle());

  private TakeMeasures() {}

  /** What a solution is looked at together with, one key a measure. */
  public static List<String> keys(MergedRecord solution) {
    RunSpec spec = Specs.of(solution.getRun());
    if (solution.getFailure() != null || !spec.regime().delivers(solution.getTicket().getCycle())) {
      return List.of();
    }
    return spec.measure().take().stream()
        .distinct()
        .map(name -> name.label() + "/" + Surveys.of(name).group(solution))
        .toList();
  }

  /** The tasks of one key. */
  public static void fanOut(
      Performer by, String key, Iterable<MergedRecord> gathered, Yield<MeasureTask> out) {
    List<MergedRecord> group = new ArrayList<>();
    gathered.forEach(group::add);
    group.sort(ORDER);
    Survey<?> survey = Surveys.of(Name.of(key.substring(0, key.indexOf('/'))));
    for (MeasureTask task : survey.tasks(group)) {
      String action = survey.action(by.place(), task).key();
      out.element(MeasureTask.newBuilder(task).setAction(action).build());
    }
  }

  /** Measures, and tells; a part of something larger goes on to {@link #tell}. */
  public static void take(Performer by, MeasureTask task, Yield<MeasuredPart> out) {
    Failing.toRow(
        task.getRun(),
        task.getTicket().getCycle(),
        task.getMeasure() + ": ",
        out,
        () -> measure(Surveys.of(Name.of(task.getMeasure())), by, task, out));
  }

  /** What the parts have in common that are told of together. */
  public static String whole(MeasuredPart part) {
    MeasureTask task = part.getTask();
    Stream<String> networks = task.getNetworks().stream().map(NamedNetwork::getName);
    String cycle = Integer.toString(task.getTicket().getCycle());
    return Stream.concat(Stream.of(task.getMeasure(), task.getRun().getRun(), cycle), networks)
        .collect(Collectors.joining("/"));
  }

  /** Tells of all parts of a task together. */
  public static void tell(Performer by, Iterable<MeasuredPart> gathered, Yield<Void> out) {
    List<MeasuredPart> parts = new ArrayList<>();
    gathered.forEach(parts::add);
    parts.sort(Comparator.comparingInt(part -> part.getTask().getPart()));
    out.rows(Surveys.of(Name.of(parts.get(0).getTask().getMeasure())).rows(parts));
  }

  private static <R extends SpecificRecord> void measure(
      Survey<R> survey, Performer by, MeasureTask task, Yield<MeasuredPart> out) {
    Purpose purpose = Purpose.of(task.getRun(), task.getTicket());
    Done<R> done = by.perform(survey.action(by.place(), task), purpose);
    survey.tell(task, done.result(), out);
    Survey.Cost cost = survey.cost(task, done.result());
    out.row(
        new CostRows(task.getRun(), task.getTicket().getCycle())
            .measure(cost.action(), done, cost.images(), cost.seconds(), cost.device()));
  }
}
