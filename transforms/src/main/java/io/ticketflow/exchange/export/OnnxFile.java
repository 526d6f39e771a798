package io.ticketflow.exchange.export;

import io.ticketflow.exchange.LittleEndian;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.spec.UserException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A network as ONNX: the graph with its tensors in it, pruned weights as zeros, for any number of
 * images. The field numbers are those of onnx.proto.
 */
final class OnnxFile {
  private static final int IR_VERSION = 7;
  private static final int OPERATORS = 13;
  private static final int FLOAT32 = 1;
  private static final int GRAPH = 7;
  private static final int INITIALIZER = 5;
  private static final int RAW_DATA = 9;
  private static final int BUFFER_BYTES = 1 << 16;

  private final ExportedNetwork exported;
  private final ModelGraph graph;

  OnnxFile(ExportedNetwork exported) {
    this.exported = exported;
    graph = exported.requireGraph();
  }

  void write(Path file) throws IOException {
    byte[] small = small();
    long length = small.length;
    List<byte[]> heads = new ArrayList<>();
    for (ParameterSpec spec : exported.network().specs()) {
      byte[] head = head(spec.name(), spec.shape());
      heads.add(head);
      length += head.length + Float.BYTES * spec.size();
    }
    if (length > Integer.MAX_VALUE) {
      throw UserException.of(
          "A network of %s bytes is too large for ONNX, which ends at 2^31.", length);
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      out.write(model().announce(GRAPH, length).toBytes());
      out.write(small);
      int[] next = {0};
      exported
          .network()
          .forEach(
              each -> {
                out.write(heads.get(next[0]++));
                LittleEndian.write(each.tensor().values(), out);
              });
    }
  }

  /** ModelProto without its graph. */
  private ProtoMessage model() {
    ProtoMessage model = new ProtoMessage().whole(1, IR_VERSION).text(2, "ticketflow");
    model.message(8, new ProtoMessage().text(1, "").whole(2, OPERATORS));
    new TreeMap<>(exported.metadata())
        .forEach((key, value) -> model.message(14, new ProtoMessage().text(1, key).text(2, value)));
    return model;
  }

  /** GraphProto without the network's tensors. */
  private byte[] small() {
    ProtoMessage small = new ProtoMessage();
    new OnnxNodes(graph, exported.scaling().isPresent()).all().forEach(n -> small.message(1, n));
    small.text(2, "network");
    exported
        .scaling()
        .ifPresent(
            scaling -> {
              small.message(INITIALIZER, floats(InputScaling.MEAN, scaling.mean()));
              small.message(INITIALIZER, floats(InputScaling.STD, scaling.std()));
            });
    long[] images = {graph.channels(), graph.height(), graph.width()};
    small.message(11, value(ModelGraph.INPUT, images));
    return small.message(12, value(OnnxNodes.OUTPUT, graph.classes())).toBytes();
  }

  /** ValueInfoProto of single precision, whose first axis counts images. */
  private static ProtoMessage value(String name, long... axes) {
    ProtoMessage shape = new ProtoMessage().message(1, new ProtoMessage().text(2, "N"));
    for (long axis : axes) {
      shape.message(1, new ProtoMessage().whole(1, axis));
    }
    ProtoMessage tensor = new ProtoMessage().whole(1, FLOAT32).message(2, shape);
    return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
  }

  /** A TensorProto of a number a channel. */
  private static ProtoMessage floats(String name, List<Float> values) {
    ProtoMessage tensor =
        new ProtoMessage().wholes(1, List.of(1L, (long) values.size(), 1L, 1L)).whole(2, FLOAT32);
    values.forEach(value -> tensor.real(4, value));
    return tensor.text(8, name);
  }

  /** The start of an initializer, up to its numbers. */
  private static byte[] head(String name, List<Long> shape) {
    long bytes = Float.BYTES * shape.stream().reduce(1L, Math::multiplyExact);
    byte[] tensor =
        new ProtoMessage()
            .wholes(1, shape)
            .whole(2, FLOAT32)
            .text(8, name)
            .announce(RAW_DATA, bytes)
            .toBytes();
    byte[] start = new ProtoMessage().announce(INITIALIZER, tensor.length + bytes).toBytes();
    return ByteBuffer.allocate(start.length + tensor.length).put(start).put(tensor).array();
  }
}
