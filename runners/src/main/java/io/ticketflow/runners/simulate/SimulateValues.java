package io.ticketflow.runners.simulate;

import io.ticketflow.settings.NearestNames;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** KEY=VALUE, joined by commas: each key once, and each one that is asked for. */
final class SimulateValues {
  private final Map<String, String> values;
  private final TreeSet<String> known = new TreeSet<>();

  private SimulateValues(Map<String, String> values) {
    this.values = values;
  }

  static SimulateValues of(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1 || equals == part.length() - 1) {
        throw UserException.of(
            "--simulate takes KEY=VALUE joined by commas, such as slots=8,failures=0.01; '%s' is"
                + " none",
            UserException.printable(part));
      }
      String key = part.substring(0, equals);
      if (values.putIfAbsent(key, part.substring(equals + 1)) != null) {
        throw UserException.of("--simulate has %s twice", UserException.printable(key));
      }
    }
    return new SimulateValues(values);
  }

  Optional<String> text(String key) {
    known.add(key);
    return Optional.ofNullable(values.get(key));
  }

  double number(String key, double otherwise) {
    return text(key).map(value -> number(key, value)).orElse(otherwise);
  }

  static double number(String key, String value) {
    try {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw UserException.of(
        "--simulate's %s must be a number, got %s", key, UserException.printable(value));
  }

  int whole(String key) {
    return text(key)
        .map(value -> whole(key, value))
        .orElseThrow(() -> UserException.of("--simulate needs %s=N, how many work at once", key));
  }

  int whole(String key, int otherwise) {
    return text(key).map(value -> whole(key, value)).orElse(otherwise);
  }

  private static int whole(String key, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw UserException.of(
          "--simulate's %s must be a whole number, got %s", key, UserException.printable(value));
    }
  }

  <E extends Enum<E>> E name(String key, Class<E> type, E otherwise) {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    for (E each : type.getEnumConstants()) {
      if (SimulateOption.word(each).equals(value.get())) {
        return each;
      }
    }
    throw UserException.of(
        "--simulate's %s must be one of %s, got %s",
        key, SimulateOption.names(type), UserException.printable(value.get()));
  }

  OptionalDouble speed() {
    Optional<String> value = text("speed");
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    double speed = number("speed", value.get());
    UserException.check(speed > 0, "--simulate's speed", "above 0 images a second", speed);
    return OptionalDouble.of(speed);
  }

  Optional<Location> location(String key) {
    return text(key).map(Location::new);
  }

  /** Refuses keys that nobody has asked for. */
  void checkAllRead() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        String near =
            NearestNames.likely(key, known)
                .map(name -> "did you mean " + name + "?")
                .orElse("it has " + String.join(", ", known));
        throw UserException.of("--simulate has no %s; %s", UserException.printable(key), near);
      }
    }
  }
}
