package io.ticketflow.pipelines.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Long texts without the words at their beginning and end that all of them share. */
final class Differing {
  private static final int LONG = 20;
  private static final String LEFT_OUT = "…";

  private Differing() {}

  /** For each text what stands for it; texts stay apart. None is changed where all are short. */
  static Map<String, String> of(Set<String> texts) {
    Map<String, String> shorter = new LinkedHashMap<>();
    if (texts.size() < 2 || texts.stream().allMatch(text -> text.length() <= LONG)) {
      texts.forEach(text -> shorter.put(text, text));
      return shorter;
    }
    int least = texts.stream().mapToInt(String::length).min().orElse(0);
    String any = texts.iterator().next();
    int front = 0;
    while (front < least && isShared(texts, front, any.charAt(front))) {
      front++;
    }
    while (front > 0 && isInWord(any.charAt(front - 1))) {
      front--; // a number or a word is shown whole
    }
    int back = 0;
    while (back < least - front
        && isShared(texts, -1 - back, any.charAt(any.length() - 1 - back))) {
      back++;
    }
    while (back > 0 && isInWord(any.charAt(any.length() - back))) {
      back--;
    }
    for (String text : texts) {
      String left = front > LEFT_OUT.length() ? LEFT_OUT : text.substring(0, front);
      String right = back > LEFT_OUT.length() ? LEFT_OUT : text.substring(text.length() - back);
      shorter.put(text, left + text.substring(front, text.length() - back) + right);
    }
    return shorter;
  }

  /** Whether all have that letter at a place, which counts from the end if it is negative. */
  private static boolean isShared(Set<String> texts, int place, char letter) {
    return texts.stream()
        .allMatch(text -> text.charAt(place < 0 ? text.length() + place : place) == letter);
  }

  private static boolean isInWord(char letter) {
    return Character.isLetterOrDigit(letter) || Character.isSurrogate(letter);
  }
}
