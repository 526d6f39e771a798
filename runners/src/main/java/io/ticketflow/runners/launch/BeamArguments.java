package io.ticketflow.runners.launch;

import io.ticketflow.settings.NearestNames;
import io.ticketflow.spec.Reason;
import io.ticketflow.spec.UserException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Arguments for Beam, such as {@code --runner=FlinkRunner}: how to run, never what.
 *
 * @param given each --name=value that the user wrote, checked: every name is one that Beam or a
 *     runner knows
 * @param defaults our own, of options that are not given
 */
public record BeamArguments(List<String> given, List<String> defaults) {
  private static final String BEAM_HELP =
      "Beam's own options are described at https://beam.apache.org/releases/javadoc/current/"
          + " (PipelineOptions, DirectOptions, FlinkPipelineOptions)";

  private static final List<String> OURS = List.of("output", "store", "verbose", "help", "version");

  /** Beam's factory, which takes half a second to load: not before there is something to ask it. */
  private static final class Factory {
    static {
      PipelineOptionsFactory.register(QueueOptions.class);
    }

    static PipelineOptions options(List<String> arguments) {
      return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
    }

    static List<Class<? extends PipelineOptions>> registered() {
      return new ArrayList<>(PipelineOptionsFactory.getRegisteredOptions());
    }
  }

  public BeamArguments {
    given = List.copyOf(given);
    defaults = List.copyOf(defaults);
  }

  /**
   * What the user wrote.
   *
   * @throws UserException naming an argument that Beam would not take
   */
  public BeamArguments(List<String> given) {
    this(given, List.of());
    for (String argument : given) {
      checkName(argument);
      int equals = argument.indexOf('=');
      String name = nameOf(argument);
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      Secrets.check(name, value);
      OptionValues.check(name, value);
      try {
        parse(List.of(argument), argument);
      } catch (UserException e) {
        throw name.equals("runner") ? OptionValues.refused(name, value) : e;
      }
    }
    if (!given.isEmpty()) {
      parse(given, String.join(" ", given)); // the same option twice, and the like
    }
  }

  /** Whether that option is among the arguments. */
  public boolean has(String name) {
    return value(name).isPresent();
  }

  /** The option's value, "true" if it is written without one. */
  public Optional<String> value(String name) {
    String found = null;
    for (String argument : all()) {
      if (nameOf(argument).equals(name)) {
        int equals = argument.indexOf('=');
        found = equals < 0 ? "true" : argument.substring(equals + 1);
      }
    }
    return Optional.ofNullable(found);
  }

  /** These arguments, and that one unless its option is already there. */
  public BeamArguments withDefault(String name, Object value) {
    if (has(name)) {
      return this;
    }
    List<String> more = new ArrayList<>(defaults);
    more.add("--" + name + "=" + value);
    return new BeamArguments(given, more);
  }

  private List<String> all() {
    return Stream.concat(given.stream(), defaults.stream()).toList();
  }

  /** Beam's options from these arguments. */
  public PipelineOptions options() {
    return parse(all(), String.join(" ", all()));
  }

  private static void checkName(String argument) {
    if (!argument.startsWith("--") || argument.length() < 3) {
      throw new UserException(
          argument + " is neither KEY=VALUE nor an option; options are written --NAME=VALUE.");
    }
    Collection<String> known = names();
    String name = nameOf(argument);
    if (!known.contains(name)) {
      Collection<String> candidates = new TreeSet<>(known);
      candidates.addAll(OURS);
      String near =
          NearestNames.likely(name, candidates)
              .map(candidate -> "did you mean --" + candidate + "?")
              .orElse(BEAM_HELP);
      throw UserException.of("There is no option --%s; %s", name, near);
    }
  }

  private static PipelineOptions parse(List<String> arguments, String shown) {
    try {
      return Factory.options(arguments);
    } catch (RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String why = Reason.of(cause);
      throw UserException.of("Beam does not accept %s: %s", shown, why);
    }
  }

  private static String nameOf(String argument) {
    int equals = argument.indexOf('=');
    return argument.substring(2, equals < 0 ? argument.length() : equals);
  }

  /** Every property of every registered interface of options. */
  static Collection<String> names() {
    Collection<String> names = new TreeSet<>(Comparator.naturalOrder());
    List<Class<? extends PipelineOptions>> interfaces = Factory.registered();
    interfaces.add(DirectOptions.class);
    interfaces.add(FlinkPipelineOptions.class);
    for (Class<? extends PipelineOptions> options : interfaces) {
      for (Method method : options.getMethods()) {
        if (method.getName().startsWith("set") && method.getParameterCount() == 1) {
          names.add(property(method.getName().substring(3)));
        }
      }
    }
    return names;
  }

  /** A bean's property: its first letter small, unless the first two are capitals. */
  private static String property(String suffix) {
    return java.beans.Introspector.decapitalize(suffix);
  }
}
