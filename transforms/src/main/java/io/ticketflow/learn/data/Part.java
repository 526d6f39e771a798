package io.ticketflow.learn.data;

import io.ticketflow.spec.UserException;
import java.util.Locale;

/** The two parts that data sets are published in. */
enum Part {
  TRAIN,
  TEST;

  /** How folders and random streams call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * How many of the available images a limit takes: all of them when it is 0.
   *
   * @throws UserException if there are none, or fewer than the limit
   */
  int take(int limit, int available, String where) {
    if (available == 0) {
      throw new UserException(where + " holds no image");
    }
    if (limit > available) {
      throw UserException.of(
          "data.%s must be at most %s, which is what %s holds, got %s",
          label(), available, where, limit);
    }
    return limit == 0 ? available : limit;
  }
}
