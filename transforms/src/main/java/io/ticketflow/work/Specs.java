package io.ticketflow.work;

import io.ticketflow.schemas.RunRecord;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** The specification that a run's record carries. */
public final class Specs {
  /** Every step asks, and reading takes longer than most steps: the last ones are remembered. */
  private static final Map<String, RunSpec> READ =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RunSpec> eldest) {
          return size() > MOST;
        }
      };

  private static final int MOST = 256;

  private Specs() {}

  /** A run's specification. */
  public static RunSpec of(RunRecord run) {
    synchronized (READ) {
      return READ.computeIfAbsent(run.getSpec(), text -> CanonicalJson.read(text, RunSpec.class));
    }
  }
}
