package io.ticketflow.pipelines.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether two outputs hold the same.
 *
 * @param mode by which it was judged: exact or statistical
 * @param reason one sentence
 * @param here what is judged
 * @param there what it is judged against
 * @param platformHere of the first; null if nothing was compared, like all that follow
 * @param compared parts that have digests on both sides or on one
 * @param first where the two part first, in the order of runs and cycles; null if they do not
 * @param different every part that differs
 * @param margin of a statistical comparison, in points of accuracy
 * @param statistics one a method, variant and cycle
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verdict(
    Answer verdict,
    String mode,
    String reason,
    String here,
    String there,
    @Nullable Platform platformHere,
    @Nullable Platform platformThere,
    int compared,
    @Nullable Parting first,
    List<Different> different,
    @Nullable Double margin,
    @Nullable Double alpha,
    List<SeedStatistics> statistics) {
  /** The four answers. */
  public enum Answer {
    SAME,
    DIFFERENT,
    CANNOT_TELL,
    CANNOT_BE_COMPARED;

    /** In lower case, with spaces. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** A part whose digests differ; null is that of a part that a side lacks. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Different(
      String run,
      int cycle,
      String part,
      @Nullable String here,
      @Nullable String there,
      @Nullable String remark) {}

  /**
   * The first cycle of the first run that differs.
   *
   * @param part the first that differs there
   * @param curve where its training curves part; null if they do not, or one side is a file
   * @param artifact the first part that is a file of tensors and differs
   * @param tensor the first tensor of that part that differs; null if one side is a file
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Parting(
      String run,
      int cycle,
      String part,
      @Nullable CurveDifference curve,
      @Nullable String artifact,
      @Nullable TensorDifference tensor) {}

  private static final JsonMapper MAPPER = new JsonMapper();

  /** That nothing was compared. */
  public static Verdict cannotBeCompared(String here, String there, String reason) {
    return new Verdict(
        Answer.CANNOT_BE_COMPARED,
        "none",
        reason,
        here,
        there,
        null,
        null,
        0,
        null,
        List.of(),
        null,
        null,
        List.of());
  }

  /** Every row, in an order that repeats; ends with a line's end. */
  public String json() {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a verdict is a value of JSON", e);
    }
  }
}
