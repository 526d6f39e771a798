package io.ticketflow.learn.script;

import io.ticketflow.learn.script.ScriptObject.StoredTensor;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickle of a TorchScript module. Nothing of it is run: it understands the operations
 * that TorchScript writes, makes modules, tensors, lists and numbers of them, and refuses others. A
 * library for pickles in general would forget the order of attributes and which tensors are one.
 */
final class ModulePickle {
  private static final Object MARK = new Object();
  private static final Object NONE = new Object();

  private final ByteBuffer bytes;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private record Global(String name) {}

  private ModulePickle(byte[] pickle) {
    bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The module that a pickle holds.
   *
   * @throws IllegalArgumentException if it is not one that TorchScript writes
   */
  static ScriptObject read(byte[] pickle) {
    try {
      Object value = new ModulePickle(pickle).value();
      if (value instanceof ScriptObject module) {
        return module;
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ClassCastException e) {
      throw new IllegalArgumentException("its data.pkl is damaged", e);
    }
    throw new IllegalArgumentException("its data.pkl holds no module");
  }

  private Object value() {
    while (true) {
      int operation = bytes.get() & 0xff;
      if (operation == '.') {
        return pop();
      }
      step(operation);
    }
  }

  private void step(int operation) {
    switch (operation) {
      case 0x80 -> bytes.get();
      case 'c' -> push(new Global(line() + "." + line()));
      case ')', ']' -> push(new ArrayList<>());
      case '}' -> push(new LinkedHashMap<String, Object>());
      case '(' -> push(MARK);
      case 'X' -> push(text(bytes.getInt()));
      case 'q' -> memo.put(bytes.get() & 0xff, top());
      case 'r' -> memo.put(bytes.getInt(), top());
      case 'h' -> push(memo.getOrDefault(bytes.get() & 0xff, NONE));
      case 'j' -> push(memo.getOrDefault(bytes.getInt(), NONE));
      case 'N' -> push(NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push((long) (bytes.get() & 0xff));
      case 'M' -> push((long) (bytes.getShort() & 0xffff));
      case 'J' -> push((long) bytes.getInt());
      case 0x8a -> push(whole(bytes.get() & 0xff));
      case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(bytes.getLong())));
      case 't' -> push(toMark());
      case 0x85, 0x86, 0x87 -> push(last(operation - 0x84));
      case 'a', 'e' -> append(operation == 'e' ? toMark() : last(1));
      case 's', 'u' -> set(operation == 'u' ? toMark() : last(2));
      case 'R' -> reduce();
      case 'Q' -> {} // A storage's tuple stands for the storage.
      case 0x81 -> {
        pop();
        push(new ScriptObject(((Global) pop()).name()));
      }
      case 'b' -> build();
      default -> throw new IllegalArgumentException("its data.pkl has an operation " + operation);
    }
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object pop() {
    return stack.remove(stack.size() - 1);
  }

  private Object top() {
    return stack.get(stack.size() - 1);
  }

  private List<Object> last(int count) {
    List<Object> part = stack.subList(stack.size() - count, stack.size());
    List<Object> values = new ArrayList<>(part);
    part.clear();
    return values;
  }

  private List<Object> toMark() {
    int mark = stack.lastIndexOf(MARK);
    List<Object> values = last(stack.size() - mark - 1);
    pop();
    return values;
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) {
    ((List<Object>) top()).addAll(values);
  }

  @SuppressWarnings("unchecked")
  private void set(List<Object> values) {
    Map<Object, Object> map = (Map<Object, Object>) top();
    for (int i = 0; i + 1 < values.size(); i += 2) {
      map.put(values.get(i), values.get(i + 1));
    }
  }

  private void build() {
    Object state = pop();
    if (state instanceof Map<?, ?> map && top() instanceof ScriptObject module) {
      map.forEach((name, value) -> module.attributes().put((String) name, value));
    }
  }

  /** A call: tensors are made, what only tells a list's type is its list. */
  private void reduce() {
    List<?> arguments = (List<?>) pop();
    String function = ((Global) pop()).name();
    if (function.equals("torch._utils._rebuild_tensor_v2")) {
      push(tensor(arguments));
    } else {
      push(arguments.isEmpty() ? Collections.emptyMap() : arguments.get(0));
    }
  }

  @SuppressWarnings("unchecked")
  private static StoredTensor tensor(List<?> arguments) {
    List<?> storage = (List<?>) arguments.get(0);
    String type = ((Global) storage.get(1)).name();
    return new StoredTensor(
        type.substring(type.lastIndexOf('.') + 1).replace("Storage", ""),
        (String) storage.get(2),
        (Long) arguments.get(1),
        (List<Long>) arguments.get(2),
        (List<Long>) arguments.get(3));
  }

  private long whole(int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      long part = i == length - 1 ? bytes.get() : bytes.get() & 0xff;
      value |= i < Long.BYTES ? part << (8 * i) : 0;
    }
    return value;
  }

  private String text(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (char c = (char) bytes.get(); c != '\n'; c = (char) bytes.get()) {
      line.append(c);
    }
    return line.toString();
  }
}
