package io.ticketflow.exchange;

import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.FileDigest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network from a file of another program: every tensor of a model by its name in PyTorch's
 * state_dict, and masks of some.
 *
 * <p>A tensor is whole (NAME), sparse as {@code export --sparse} writes it (NAME.values,
 * NAME.indices, NAME.shape), or as {@code torch.nn.utils.prune} leaves it (NAME_orig). Its mask is
 * NAME.mask or NAME_mask, or where the sparse form has entries; a prunable tensor without one is
 * kept whole. BatchNorm's num_batches_tracked is passed over; any other tensor is refused.
 *
 * @param weights every tensor of the model, in its order, +0 where a mask prunes
 * @param given masks of those prunable tensors that the file has any of
 * @param file where all this is from
 */
public record ImportedNetwork(TensorSet weights, Masks given, Path file) {
  /**
   * The network of a file.
   *
   * @param model names the file, and its digest if it was read before
   * @param graph what the tensors must fit
   * @throws UserException naming file and tensor, if one is missing, unknown, of another shape or
   *     type, or not finite; or if the file has changed since
   */
  public static ImportedNetwork read(ModelSpec model, ModelGraph graph) {
    Path file = Path.of(model.weights());
    String digest = digest(file);
    if (!model.weightsDigest().isEmpty() && !model.weightsDigest().equals(digest)) {
      throw UserException.of(
          "model.weights %s has changed: its SHA-256 is %s and was %s",
          file, digest, model.weightsDigest());
    }
    return read(file, model.title(), graph.parameters());
  }

  /**
   * SHA-256 of a file of weights.
   *
   * @throws UserException naming the file, if it cannot be read
   */
  public static String digest(Path file) {
    try {
      return FileDigest.of(file);
    } catch (NoSuchFileException e) {
      throw UserException.of("model.weights %s cannot be read: there is no such file", file);
    } catch (IOException e) {
      throw UserException.of("model.weights %s cannot be read: %s", file, e.getMessage());
    }
  }

  /**
   * Likewise, of any file.
   *
   * @param model names what the tensors must fit, in messages
   */
  public static ImportedNetwork read(Path file, String model, List<ParameterSpec> parameters) {
    try (TensorFile tensors = TensorFile.open(file)) {
      return new TensorForms(tensors, model).network(parameters);
    }
  }

  /**
   * Masks of the tensors that may be pruned, in their order: full ones where the file has none.
   *
   * @throws UserException if the file prunes a tensor that is not among them
   */
  public Masks masks(Collection<ParameterSpec> prunable) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (ParameterSpec spec : prunable) {
      Mask mask = given.get(spec.name());
      masks.put(spec.name(), mask == null ? Mask.full(Math.toIntExact(spec.size())) : mask);
    }
    given
        .byName()
        .forEach(
            (name, mask) -> {
              if (!masks.containsKey(name) && mask.kept() < mask.size()) {
                throw UserException.of(
                    "%s prunes %s, which pruning.exclude keeps whole", file, name);
              }
            });
    return new Masks(masks);
  }
}
