package io.ticketflow.runners.launch;

import io.ticketflow.store.Location;
import io.ticketflow.store.remote.StorageOptions;
import java.util.Map;

/** Beam's options about storage, such as --endpoint, --awsRegion and --hdfsConfiguration. */
public final class StorageArguments {
  private StorageArguments() {}

  /** Lets this process alone find an output: one in a folder needs none of Beam's options. */
  public static void find(BeamArguments given, Location output) {
    if (output.scheme().isPresent()) {
      BeamArguments unused = open(given, output);
    }
  }

  /**
   * Lets this process find an output, and workers too, if the result goes to them.
   *
   * @param given what the user wrote, which is never overridden
   * @return the same, and defaults that suit the output
   */
  public static BeamArguments open(BeamArguments given, Location output) {
    BeamArguments all = given;
    for (Map.Entry<String, Object> value :
        StorageOptions.defaults(output, given.has("endpoint")).entrySet()) {
      all = all.withDefault(value.getKey(), value.getValue());
    }
    if (output.scheme().isPresent()) {
      StorageOptions.use(all.options());
    }
    return all;
  }
}
