package io.ticketflow.runners.launch;

import io.ticketflow.spec.UserException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of options: Flink shows every option of a job in its web pages, and shells keep
 * command lines. Credentials come from the environment of each process.
 */
final class Secrets {
  /** In lower case, what names of secrets are made of. */
  private static final Pattern SECRET =
      Pattern.compile("passw|secret|token|credential|private-?_?key|access-?_?key|api-?_?key");

  private static final Pattern KEY_AT_END = Pattern.compile(".*[a-z]Key");

  /** Named like secrets, but names of keys that others hold, or of classes and places. */
  private static final Set<String> HARMLESS =
      Set.of(
          "SSEKMSKeyId",
          "bucketKeyEnabled",
          "dataflowKmsKey",
          "credentialFactoryClass",
          "awsCredentialsProvider", // the name of one; keys in its value are refused below
          "webIdTokenProviderFQCN");

  /** A field of JSON or of a map, or a parameter of an address, in an option's value. */
  private static final Pattern FIELD = Pattern.compile("([\\w.@-]+)[\"']?\\s*[:=]");

  private static final Pattern USER_AND_PASSWORD = Pattern.compile("://[^/@\\s]*:[^/@\\s]*@");

  private Secrets() {}

  /** Whether an option is made for a secret. */
  static boolean isFor(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !HARMLESS.contains(name)
        && (SECRET.matcher(lower).find() || KEY_AT_END.matcher(name).matches());
  }

  /**
   * Refuses a secret, without repeating it.
   *
   * @throws UserException naming the option
   */
  static void check(String name, String value) {
    if (isFor(name)) {
      throw refused(name, "takes a secret");
    }
    if (USER_AND_PASSWORD.matcher(value).find()) {
      throw refused(name, "has a password in its address");
    }
    Matcher fields = FIELD.matcher(value);
    while (fields.find()) {
      if (isFor(fields.group(1))) {
        throw refused(name, "has a secret in it (" + fields.group(1) + ")");
      }
    }
  }

  private static UserException refused(String name, String why) {
    return UserException.of(
        "--%s %s, and options are shown in Flink's web pages: leave it out, and give "
            + "credentials to the environment of each process (variables, a profile, a role)",
        name, why);
  }
}
