package io.ticketflow.learn.script;

import io.ticketflow.learn.script.ScriptObject.StoredTensor;
import io.ticketflow.schemas.TensorRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The tensors of a module and of those within it, as PyTorch's state_dict names and orders them:
 * parameters, and the running statistics of BatchNorm. Other buffers are constants of the program
 * and stay in it.
 */
final class ScriptTensors {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

  /** Tables and scales, which nobody prunes: PyTorch's embeddings and its layers that normalise. */
  private static final List<String> WHOLE =
      List.of("torch.nn.modules.sparse.", "torch.nn.modules.normalization.");

  private static final List<String> STATISTICS = List.of("running_mean", "running_var");

  private final Function<String, ScriptClass> classes;
  private final List<Named> found = new ArrayList<>();
  private final IdentityHashMap<ScriptObject, String> modules = new IdentityHashMap<>();
  private final Map<String, String> places = new HashMap<>();

  /**
   * A tensor of a module.
   *
   * @param name as in the state_dict
   * @param place an expression of TorchScript for it
   */
  record Named(String name, String place, TensorRole role, StoredTensor stored) {}

  private ScriptTensors(Function<String, ScriptClass> classes) {
    this.classes = classes;
  }

  /**
   * All of them.
   *
   * @param classes a class by its full name
   * @throws IllegalArgumentException naming the tensor that cannot be trained
   */
  static List<Named> of(ScriptObject module, Function<String, ScriptClass> classes) {
    ScriptTensors tensors = new ScriptTensors(classes);
    tensors.walk(module, "", "self");
    return tensors.found;
  }

  private void walk(ScriptObject module, String prefix, String place) {
    String other = modules.put(module, prefix);
    if (other != null) {
      throw new IllegalArgumentException(
          "its modules " + other + " and " + prefix + " are one, which is not supported");
    }
    ScriptClass type = classes.apply(module.type());
    for (String name : type.names("parameters")) {
      if (module.attributes().get(name) instanceof StoredTensor tensor) {
        TensorRole role = isPruned(module, name, tensor) ? TensorRole.PRUNABLE : TensorRole.DENSE;
        add(prefix, place, name, role, tensor);
      }
    }
    List<String> buffers = type.names("buffers");
    if (buffers.containsAll(STATISTICS)) {
      if (type.isNone("momentum")) {
        throw new IllegalArgumentException(
            "the momentum of "
                + prefix
                + " is None, a mean over all batches since the beginning,"
                + " which is not supported; BatchNorm needs a momentum such as 0.1");
      }
      for (String name : STATISTICS) {
        if (module.attributes().get(name) instanceof StoredTensor tensor) {
          add(prefix, place, name, TensorRole.BUFFER, tensor);
        }
      }
    }
    module
        .attributes()
        .forEach(
            (name, value) -> {
              if (value instanceof ScriptObject inner) {
                String next = "getattr(" + place + ", \"" + name + "\")";
                walk(inner, prefix.isEmpty() ? name : prefix + "." + name, next);
              }
            });
  }

  private static boolean isPruned(ScriptObject module, String name, StoredTensor tensor) {
    return name.equals("weight")
        && tensor.shape().size() > 1
        && WHOLE.stream().noneMatch(module.type()::contains);
  }

  private void add(String prefix, String place, String name, TensorRole role, StoredTensor tensor) {
    String full = prefix.isEmpty() ? name : prefix + "." + name;
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "its parameter " + full + " lies in a list of parameters, which is not supported");
    }
    if (!tensor.dtype().equals("Float")) {
      throw new IllegalArgumentException(
          "its tensor " + full + " must be of dtype float32, got " + dtype(tensor.dtype()));
    }
    String other = places.put(tensor.storage() + "@" + tensor.offset(), full);
    if (other != null) {
      throw new IllegalArgumentException(
          "its tensors " + other + " and " + full + " are one, which is not supported");
    }
    found.add(new Named(full, place + "." + name, role, tensor));
  }

  /** As Python has it. */
  private static String dtype(String storage) {
    return switch (storage) {
      case "Half" -> "float16 (half)";
      case "BFloat16" -> "bfloat16";
      case "Double" -> "float64 (double)";
      default -> storage;
    };
  }
}
