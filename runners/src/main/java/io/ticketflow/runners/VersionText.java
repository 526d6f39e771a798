package io.ticketflow.runners;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as its jar has it. */
public final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "Ticketflow "
          + version()
          + ", Java "
          + Runtime.version()
          + ", "
          + System.getProperty("os.name")
    };
  }

  /** Such as 0.1.0; "development" where classes lie outside a jar. */
  public static String version() {
    return Optional.ofNullable(VersionText.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
