package io.ticketflow.pipelines.report;

import io.ticketflow.schemas.CycleRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows of metrics/cycles with each method's result under the one subject {@code merged}, whatever
 * it is made of.
 *
 * <p>That is the pool where solutions are pooled, whose targets are then {@code targets}; and the
 * ensemble where there is no network of its own. Segments and members are on the way to a result
 * and are left out.
 */
public final class Deliverables {
  /** A method's result. */
  public static final String RESULT = "merged";

  /** What a pool improved. */
  public static final String TARGETS = "targets";

  private static final String POOL = "pool";
  private static final String ENSEMBLE = "ensemble";
  private static final String MEMBER = "member";

  private Deliverables() {}

  /** The rows, in order. */
  public static List<CycleRow> of(Collection<CycleRow> rows) {
    Map<List<String>, Set<String>> subjects = new HashMap<>();
    for (CycleRow row : rows) {
      subjects.computeIfAbsent(series(row), s -> new HashSet<>()).add(row.getSubject());
    }
    List<CycleRow> results = new ArrayList<>();
    for (CycleRow row : rows) {
      String subject = row.getSubject();
      Set<String> all = subjects.getOrDefault(series(row), Set.of());
      boolean ofMember = all.contains(MEMBER) && !Set.of(ENSEMBLE, RESULT).contains(subject);
      if (!subject.equals("segment") && !ofMember) {
        String named = name(subject, all);
        results.add(
            named.equals(subject) ? row : CycleRow.newBuilder(row).setSubject(named).build());
      }
    }
    return results;
  }

  private static String name(String subject, Set<String> all) {
    if (all.contains(POOL) && (subject.equals(POOL) || subject.equals(RESULT))) {
      return subject.equals(POOL) ? RESULT : TARGETS;
    }
    return subject.equals(ENSEMBLE) && !all.contains(RESULT) ? RESULT : subject;
  }

  private static List<String> series(CycleRow row) {
    return List.of(row.getMethod(), row.getVariant(), row.getDataset(), row.getModel());
  }
}
