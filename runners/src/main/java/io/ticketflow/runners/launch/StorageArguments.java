package io.ticketflow.runners.launch;

import io.ticketflow.store.Location;
import io.ticketflow.store.remote.StorageOptions;
import java.util.Map;
import java.util.stream.Stream;

/** Beam's options about storage, such as --endpoint, --awsRegion and --hdfsConfiguration. */
public final class StorageArguments {
  private StorageArguments() {}

  /** Lets this process alone find places: those in folders need none of Beam's options. */
  public static void find(BeamArguments given, Location... places) {
    if (isElsewhere(places)) {
      BeamArguments unused = open(given, places);
    }
  }

  /**
   * Lets this process find places, and workers too, if the result goes to them.
   *
   * @param given what the user wrote, which is never overridden
   * @param places the output, and what is read or written beside it
   * @return the same, and defaults that suit them
   */
  public static BeamArguments open(BeamArguments given, Location... places) {
    BeamArguments all = given;
    for (Map.Entry<String, Object> value :
        StorageOptions.defaults(given.has("endpoint"), places).entrySet()) {
      all = all.withDefault(value.getKey(), value.getValue());
    }
    if (isElsewhere(places)) {
      StorageOptions.use(all.options());
    }
    return all;
  }

  private static boolean isElsewhere(Location... places) {
    return Stream.of(places).anyMatch(place -> place.scheme().isPresent());
  }
}
