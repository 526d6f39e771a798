package io.ticketflow.work;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.ActionKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * Something expensive, as a value. Two actions of the same key make the same result.
 *
 * <p>Its key is the digest of its kind's name and code version, of what it depends on, and of the
 * contents of its inputs. In a plan an input may not exist yet: then a name stands for its digest,
 * and the key means nothing outside that plan.
 *
 * @param key 64 lower-case hexadecimal digits
 * @param parts the text that the key is the digest of, made anew at each call
 * @param epochs that it trains for; empty if it trains nothing
 * @param promise what stands for its result in a plan, as long as there is none, made of a stand-in
 *     for its artifact
 * @param making the expensive part: its result, whose artifact is stored already
 */
public record Action<R extends SpecificRecord>(
    Kind<R> kind,
    String key,
    Supplier<String> parts,
    Optional<Epochs> epochs,
    Function<ArtifactRef, R> promise,
    Function<Attempt, R> making) {
  /**
   * An action that trains nothing.
   *
   * @param dependsOn a record, map or list of what matters to the result beside the inputs, and of
   *     nothing else; seeds, cycle and particle belong here
   * @param inputs artifacts that are read, in an order that means something
   */
  public static <R extends SpecificRecord> Action<R> of(
      Kind<R> kind,
      Object dependsOn,
      List<ArtifactRef> inputs,
      Function<ArtifactRef, R> promise,
      Function<Attempt, R> making) {
    List<String> digests = inputs.stream().map(ArtifactRef::getSha256).toList();
    String key = ActionKey.of(kind.name(), kind.codeVersion(), dependsOn, digests);
    return new Action<>(
        kind,
        key,
        () -> ActionKey.text(kind.name(), kind.codeVersion(), dependsOn, digests),
        Optional.empty(),
        promise,
        making);
  }

  /** The same action, which trains for those epochs and tells of its progress. */
  public Action<R> training(Epochs trained) {
    return new Action<>(kind, key, parts, Optional.of(trained), promise, making);
  }
}
