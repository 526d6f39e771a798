package io.ticketflow.learn.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A module of a TorchScript file: its class and its attributes, in order. */
final class ScriptObject {
  private final String type;
  private final Map<String, Object> attributes = new LinkedHashMap<>();

  /**
   * @param type full name of its class, such as {@code __torch__.torch.nn.modules.linear.Linear}
   */
  ScriptObject(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  Map<String, Object> attributes() {
    return attributes;
  }

  /**
   * A tensor: numbers of a storage, which is a file of the archive.
   *
   * @param dtype such as Float or Half
   * @param storage the file's name below {@code data/}
   * @param offset of the first number, in numbers
   * @param strides in numbers
   */
  record StoredTensor(
      String dtype, String storage, long offset, List<Long> shape, List<Long> strides) {
    StoredTensor {
      shape = List.copyOf(shape);
      strides = List.copyOf(strides);
    }
  }
}
