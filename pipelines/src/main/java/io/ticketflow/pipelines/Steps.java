package io.ticketflow.pipelines;

import io.ticketflow.method.step.Step;
import io.ticketflow.method.step.Taker;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.work.DryRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Takes steps dry, and keeps the rows that are known: those of steps that met no promise and took
 * nothing that comes of one.
 */
final class Steps implements Taker {
  private final DryRun by;
  private final List<MetricRow> rows = new ArrayList<>();

  /** By identity: a promised record may equal another run's. */
  private final Set<Object> promised = Collections.newSetFromMap(new IdentityHashMap<>());

  Steps(DryRun by) {
    this.by = by;
  }

  /** Steps after others, whose promises they know. */
  static Steps after(DryRun by, List<Steps> before) {
    Steps steps = new Steps(by);
    before.forEach(each -> steps.promised.addAll(each.promised));
    return steps;
  }

  DryRun by() {
    return by;
  }

  /** Rows of finished work, in the order of the steps. */
  List<MetricRow> rows() {
    return rows;
  }

  @Override
  public <I, O> List<O> take(Step<I, O> step, I element) {
    List<MetricRow> own = new ArrayList<>();
    int promisesBefore = by.promises();
    List<O> elements = Taker.of(by, own::add).take(step, element);
    if (isKnown(element) && by.promises() == promisesBefore) {
      rows.addAll(own);
    } else {
      promised.addAll(elements);
    }
    return elements;
  }

  private boolean isKnown(Object element) {
    return element instanceof List<?> all
        ? all.stream().noneMatch(promised::contains)
        : !promised.contains(element);
  }
}
