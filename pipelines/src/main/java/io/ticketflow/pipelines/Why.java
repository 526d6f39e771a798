package io.ticketflow.pipelines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.work.DryRun;
import io.ticketflow.work.PlannedAction;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Why actions of a plan are not found: for each, the first part of its key that differs from the
 * nearest finished action of its kind, the one with which it shares most parts (of several the one
 * of the least key).
 */
public final class Why {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> missing;
  private final Map<String, List<Map<String, String>>> finished;
  private final boolean isOlder;
  private final Map<String, String> reasons = new HashMap<>();

  private Why(
      Map<String, String> missing,
      Map<String, List<Map<String, String>>> finished,
      boolean isOlder) {
    this.missing = missing;
    this.finished = finished;
    this.isOlder = isOlder;
  }

  /** An action that will be done, and why. */
  public record Reason(PlannedAction action, String why) {}

  /**
   * The reasons, in the plan's order.
   *
   * @param runs their data sets must have digests
   */
  public static List<Reason> of(List<RunRecord> runs, Workplace place) {
    DryRun look = DryRun.explaining(place);
    Plan plan = Plan.of(runs, look);
    Set<String> keys = place.actions().keys();
    Why why = new Why(look.missing(), finished(place, keys), !keys.isEmpty());
    return plan.actions().stream()
        .filter(action -> action.state() == PlannedAction.State.TO_RUN)
        .map(action -> new Reason(action, why.of(action.key())))
        .toList();
  }

  /** Parts of the keys of all finished actions that tell them, by kind. */
  private static Map<String, List<Map<String, String>>> finished(
      Workplace place, Set<String> keys) {
    Map<String, List<Map<String, String>>> finished = new HashMap<>();
    keys.stream()
        .sorted()
        .flatMap(key -> place.actions().parts(key).stream())
        .forEach(
            text -> {
              Map<String, String> parts = parts(text);
              finished.computeIfAbsent(kind(parts), kind -> new ArrayList<>()).add(parts);
            });
    return finished;
  }

  private String of(String key) {
    return reasons.computeIfAbsent(key, k -> reason(parts(missing.getOrDefault(k, "[]"))));
  }

  private String reason(Map<String, String> parts) {
    List<Map<String, String>> others = finished.getOrDefault(kind(parts), List.of());
    String first =
        finished.isEmpty() && isOlder
            ? "an older version finished what is there, and filed no parts of keys"
            : "nothing of its kind is finished";
    int least = Integer.MAX_VALUE;
    for (Map<String, String> other : others) {
      List<String> differences = differences(parts, other);
      if (differences.size() < least) {
        least = differences.size();
        first = differences.isEmpty() ? "its result is lost or damaged" : differences.get(0);
      }
    }
    return first;
  }

  /** A clause a part, in the order of the key. */
  private List<String> differences(Map<String, String> parts, Map<String, String> other) {
    List<String> differences = new ArrayList<>();
    Map<String, String> all = new LinkedHashMap<>(parts);
    other.forEach(all::putIfAbsent);
    for (String part : all.keySet()) {
      String here = parts.get(part);
      String there = other.get(part);
      if (here == null) {
        differences.add(part + " is no part of it any more, and was " + there);
      } else if (there == null) {
        differences.add(part + " is a new part of it: " + here);
      } else if (!here.equals(there)) {
        differences.add(difference(part, here, there));
      }
    }
    return differences;
  }

  private String difference(String part, String here, String there) {
    return DryRun.maker(here)
        .map(maker -> kind(parts(missing.getOrDefault(maker, "[]"))).replace('-', ' '))
        .map(kind -> part + " is not there yet: action " + kind + " makes it")
        .orElse(part + " is " + here + ", and was " + there);
  }

  private static String kind(Map<String, String> parts) {
    return parts.getOrDefault("kind", "");
  }

  /** Leaves of a key's text by their paths: code version, what it depends on, inputs. */
  private static Map<String, String> parts(String text) {
    JsonNode all;
    try {
      all = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the text of a key: " + text, e);
    }
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("kind", all.path(0).asText());
    parts.put("the version of its code", all.path(1).asText());
    Map<String, String> leaves = new TreeMap<>();
    leaves("", all.path(2), leaves);
    parts.putAll(leaves);
    for (int i = 0; i < all.path(3).size(); i++) {
      parts.put("input " + (i + 1), all.path(3).path(i).asText());
    }
    return parts;
  }

  private static void leaves(String path, JsonNode node, Map<String, String> leaves) {
    if (node.isObject()) {
      String start = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(each -> leaves(start + each.getKey(), each.getValue(), leaves));
    } else {
      leaves.put(path, node.isTextual() ? node.asText() : node.toString());
    }
  }
}
