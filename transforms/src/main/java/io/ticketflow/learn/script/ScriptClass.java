package io.ticketflow.learn.script;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A class in the text of a TorchScript file.
 *
 * @param text of its file of code
 * @param start where the class begins in it
 * @param end where the next definition begins, or the text ends
 */
record ScriptClass(String text, int start, int end) {
  private static final Pattern NEXT = Pattern.compile("^(?=class |def )", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern FORWARD =
      Pattern.compile("^  def forward\\(([^)]*)\\) -> (.+):$", Pattern.MULTILINE);

  /** The file of the archive, below its first folder, that holds a class. */
  static String file(String type) {
    return "code/" + type.substring(0, type.lastIndexOf('.')).replace('.', '/') + ".py";
  }

  /**
   * A class of a file of code.
   *
   * @param type its full name
   * @throws IllegalArgumentException if it is not there
   */
  static ScriptClass in(String text, String type) {
    String simple = type.substring(type.lastIndexOf('.') + 1);
    Matcher begin =
        Pattern.compile("^class " + Pattern.quote(simple) + "\\(", Pattern.MULTILINE).matcher(text);
    if (!begin.find()) {
      throw new IllegalArgumentException("it holds no code of " + type);
    }
    Matcher next = NEXT.matcher(text);
    return new ScriptClass(
        text, begin.start(), next.find(begin.end()) ? next.start() : text.length());
  }

  /** Names of its own parameters, or buffers, in order. */
  List<String> names(String kind) {
    Matcher list =
        Pattern.compile("^  __" + kind + "__ = \\[(.*)]$", Pattern.MULTILINE).matcher(body());
    return list.find()
        ? NAME.matcher(list.group(1)).results().map(name -> name.group(1)).toList()
        : List.of();
  }

  /** Whether a constant of that name is None. */
  boolean isNone(String attribute) {
    return body().contains("\n  " + attribute + " : Final[NoneType] = None\n");
  }

  /**
   * Accepts a class whose forward takes one tensor and gives one.
   *
   * @throws IllegalArgumentException saying what it takes and gives
   */
  void requireClassifier() {
    Matcher forward = FORWARD.matcher(body());
    if (!forward.find()) {
      throw new IllegalArgumentException("its module has no method forward");
    }
    List<String> inputs =
        List.of(forward.group(1).split(",\\s*(?=\\w+:)")).stream()
            .skip(1)
            .filter(input -> !input.contains("="))
            .toList();
    boolean one = inputs.size() == 1 && inputs.get(0).strip().endsWith(": Tensor");
    if (!one || !forward.group(2).equals("Tensor")) {
      throw new IllegalArgumentException(
          "its forward must take a batch of images, one Tensor, and give their logits, one Tensor;"
              + " it takes ("
              + String.join(", ", inputs).replaceAll("\\s+", " ")
              + ") and gives "
              + forward.group(2));
    }
  }

  /** The file's text with one more method at the end of the class. */
  String with(String method) {
    String before = text.substring(0, end);
    return before + (before.endsWith("\n") ? "" : "\n") + method + text.substring(end);
  }

  private String body() {
    return text.substring(start, end);
  }
}
