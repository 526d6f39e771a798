package io.ticketflow.exchange.export;

import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.schemas.TensorRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A module of PyTorch: its own tensors, and the modules within it. */
final class TorchModule {
  private static final String PREFIX = "__torch__.";

  private final String type;
  private final Map<String, ParameterSpec> tensors = new LinkedHashMap<>();
  private final Map<String, TorchModule> children = new LinkedHashMap<>();

  private TorchModule(String type) {
    this.type = type;
  }

  /** The modules that the names of tensors speak of: a.b.weight is the weight of b in a. */
  static TorchModule tree(List<ParameterSpec> specs) {
    TorchModule root = new TorchModule("Network");
    int[] modules = {0};
    for (ParameterSpec spec : specs) {
      String[] steps = spec.name().split("\\.", -1);
      TorchModule module = root;
      for (int i = 0; i < steps.length - 1; i++) {
        module =
            module.children.computeIfAbsent(
                steps[i], step -> new TorchModule("Module" + ++modules[0]));
      }
      module.tensors.put(steps[steps.length - 1], spec);
    }
    return root;
  }

  /** The classes of all modules. */
  String classes(String forward) {
    StringBuilder code = new StringBuilder();
    children.values().forEach(child -> code.append(child.classes("")));
    code.append("class ").append(type).append("(Module):\n");
    code.append("  __parameters__ = ").append(names(false)).append("\n");
    code.append("  __buffers__ = ").append(names(true)).append("\n");
    code.append("  training : bool\n");
    tensors.keySet().forEach(name -> code.append("  ").append(name).append(" : Tensor\n"));
    children.forEach(
        (name, child) ->
            code.append("  __annotations__[\"")
                .append(name)
                .append("\"] = ")
                .append(PREFIX)
                .append(child.type)
                .append("\n"));
    return code.append(forward).toString();
  }

  private String names(boolean buffers) {
    StringBuilder names = new StringBuilder("[");
    tensors.forEach(
        (name, spec) -> {
          if ((spec.role() == TensorRole.BUFFER) == buffers) {
            names.append('"').append(name).append("\", ");
          }
        });
    return names.append(']').toString();
  }

  /**
   * The module as an object.
   *
   * @param places of the tensors' numbers, by name
   */
  void write(Pickle out, Map<String, Integer> places) {
    out.newObject("__torch__", type);
    out.text("training").truth(false);
    tensors.forEach(
        (name, spec) ->
            out.text(name)
                .tensor(
                    places.getOrDefault(spec.name(), 0),
                    spec.shape(),
                    spec.role() != TensorRole.BUFFER));
    children.forEach(
        (name, child) -> {
          out.text(name);
          child.write(out, places);
        });
    out.endObject();
  }
}
