package io.ticketflow.work;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.ActionKey;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Something expensive, as a value. Two actions of the same key make the same result.
 *
 * <p>Its key is the digest of its kind's name and code version, of what it depends on, and of the
 * contents of its inputs. In a plan an input may not exist yet: then a name stands for its digest,
 * and the key means nothing outside that plan.
 */
public final class Action<R extends SpecificRecord> {
  private final Kind<R> kind;
  private final String key;
  private final Optional<Epochs> epochs;
  private final Promise<R> promise;
  private final Making<R> making;

  private Action(
      Kind<R> kind, String key, Optional<Epochs> epochs, Promise<R> promise, Making<R> making) {
    this.kind = kind;
    this.key = key;
    this.epochs = epochs;
    this.promise = promise;
    this.making = making;
  }

  /**
   * An action.
   *
   * @param dependsOn a record, map or list of what matters to the result beside the inputs, and of
   *     nothing else; seeds, cycle and particle belong here
   * @param inputs artifacts that are read, in an order that means something
   */
  public static <R extends SpecificRecord> Action<R> of(
      Kind<R> kind,
      Object dependsOn,
      List<ArtifactRef> inputs,
      Promise<R> promise,
      Making<R> making) {
    List<String> digests = inputs.stream().map(ArtifactRef::getSha256).toList();
    String key = ActionKey.of(kind.name(), kind.codeVersion(), dependsOn, digests);
    return new Action<>(kind, key, Optional.empty(), promise, making);
  }

  /** The same action, which trains for those epochs and tells of its progress. */
  public Action<R> training(Epochs trained) {
    return new Action<>(kind, key, Optional.of(trained), promise, making);
  }

  public Kind<R> kind() {
    return kind;
  }

  /** 64 lower-case hexadecimal digits. */
  public String key() {
    return key;
  }

  /** Empty if it trains nothing. */
  public Optional<Epochs> epochs() {
    return epochs;
  }

  /** What stands for its result while there is none. */
  R promised() {
    return promise.of(new ArtifactRef("", "made by " + key, 0L));
  }

  R make(Attempt attempt) {
    return making.make(attempt);
  }
}
