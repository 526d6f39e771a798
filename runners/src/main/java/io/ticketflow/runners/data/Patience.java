package io.ticketflow.runners.data;

import java.time.Duration;

/**
 * How long a download waits for a server, and how often it asks again.
 *
 * @param silence after which a server that sends nothing counts as stalled
 * @param tries in a row that may bring no new byte
 * @param pause before the second try; twice as long before each further one
 */
record Patience(Duration silence, int tries, Duration pause) {
  static final Patience USUAL = new Patience(Duration.ofSeconds(30), 4, Duration.ofSeconds(1));

  /** Sleeps before the next try, after so many in vain. */
  void rest(int vain) throws InterruptedException {
    Thread.sleep(pause.toMillis() << (vain - 1));
  }
}
