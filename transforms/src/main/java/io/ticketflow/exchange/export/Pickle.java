package io.ticketflow.exchange.export;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Objects in the second protocol of Python's pickle, as PyTorch reads them. */
final class Pickle {
  private static final char PROTOCOL = 0x80;
  private static final char GLOBAL = 'c';
  private static final char EMPTY_TUPLE = ')';
  private static final char NEW_OBJECT = 0x81;
  private static final char EMPTY_DICTIONARY = '}';
  private static final char MARK = '(';
  private static final char SET_ITEMS = 'u';
  private static final char BUILD = 'b';
  private static final char TEXT = 'X';
  private static final char INT = 'J';
  private static final char TRUE = 0x88;
  private static final char FALSE = 0x89;
  private static final char TUPLE = 't';
  private static final char PERSISTENT = 'Q';
  private static final char CALL = 'R';
  private static final char STOP = '.';

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Pickle() {
    op(PROTOCOL).op((char) 2);
  }

  /** Begins an object; names and values of its attributes follow. */
  Pickle newObject(String module, String type) {
    return global(module, type).op(EMPTY_TUPLE).op(NEW_OBJECT).op(EMPTY_DICTIONARY).op(MARK);
  }

  Pickle endObject() {
    return op(SET_ITEMS).op(BUILD);
  }

  Pickle text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    op(TEXT);
    int32(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  Pickle truth(boolean value) {
    return op(value ? TRUE : FALSE);
  }

  Pickle emptyTuple() {
    return op(EMPTY_TUPLE);
  }

  /**
   * A tensor of single precision, row-major.
   *
   * @param place the entry of the archive with its numbers
   * @param trained whether gradients are taken
   */
  Pickle tensor(int place, List<Long> shape, boolean trained) {
    List<Long> strides = new ArrayList<>();
    long size = 1;
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      strides.add(0, size);
      size *= shape.get(axis);
    }
    global("torch._utils", "_rebuild_tensor_v2").op(MARK).op(MARK);
    text("storage").global("torch", "FloatStorage");
    text(Integer.toString(place)).text("cpu").whole(size).op(TUPLE).op(PERSISTENT);
    whole(0).tuple(shape).tuple(strides).truth(trained);
    global("collections", "OrderedDict").op(EMPTY_TUPLE).op(CALL);
    return op(TUPLE).op(CALL);
  }

  byte[] end() {
    op(STOP);
    return out.toByteArray();
  }

  private Pickle tuple(List<Long> values) {
    op(MARK);
    values.forEach(this::whole);
    return op(TUPLE);
  }

  private Pickle whole(long value) {
    op(INT);
    int32(Math.toIntExact(value));
    return this;
  }

  private Pickle global(String module, String name) {
    op(GLOBAL);
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private void int32(int value) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private Pickle op(char code) {
    out.write(code);
    return this;
  }
}
