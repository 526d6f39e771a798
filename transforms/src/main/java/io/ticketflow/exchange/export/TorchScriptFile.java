package io.ticketflow.exchange.export;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.exchange.LittleEndian;
import io.ticketflow.exchange.StoredZip;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.schemas.TensorRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A network as TorchScript: an archive with its code and its tensors, which {@code torch.jit.load}
 * opens with no class of ours. Parameters and buffers have PyTorch's names; pruned weights are
 * zeros. The metadata are the extra file metadata.json.
 */
final class TorchScriptFile {
  private static final String ROOT = "network/";
  private static final int ALIGNMENT = 64;

  /** The archive's layout: that of every PyTorch since 1.4. */
  private static final String VERSION = "3\n";

  private final ExportedNetwork exported;

  TorchScriptFile(ExportedNetwork exported) {
    this.exported = exported;
  }

  void write(Path file) throws IOException {
    List<ParameterSpec> specs = new ArrayList<>(exported.network().specs());
    Optional<InputScaling> scaling = exported.scaling();
    scaling.ifPresent(
        scales -> {
          List<Long> shape = List.of(1L, (long) scales.mean().size(), 1L, 1L);
          specs.add(new ParameterSpec(InputScaling.MEAN, TensorRole.BUFFER, shape));
          specs.add(new ParameterSpec(InputScaling.STD, TensorRole.BUFFER, shape));
        });
    Map<String, Integer> places = new HashMap<>();
    specs.forEach(spec -> places.put(spec.name(), places.size()));
    TorchModule root = TorchModule.tree(specs);
    try (StoredZip zip = new StoredZip(file)) {
      Pickle object = new Pickle();
      root.write(object, places);
      put(zip, "data.pkl", object.end());
      String code = root.classes(TorchCode.of(exported.requireGraph(), scaling.isPresent()));
      put(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      int[] next = {0};
      exported.network().forEach(each -> put(zip, next[0]++, each.tensor().values()));
      if (scaling.isPresent()) {
        put(zip, next[0]++, floats(scaling.get().mean()));
        put(zip, next[0]++, floats(scaling.get().std()));
      }
      put(zip, "constants.pkl", new Pickle().emptyTuple().end());
      put(zip, "extra/metadata.json", metadata());
      put(zip, "version", VERSION.getBytes(StandardCharsets.UTF_8));
    }
  }

  private byte[] metadata() throws IOException {
    return new JsonMapper().writeValueAsBytes(new TreeMap<>(exported.metadata()));
  }

  private static void put(StoredZip zip, String name, byte[] content) throws IOException {
    zip.begin(ROOT + name, content.length, ALIGNMENT).write(content);
    zip.end();
  }

  private static void put(StoredZip zip, int place, float[] values) throws IOException {
    long bytes = (long) Float.BYTES * values.length;
    LittleEndian.write(values, zip.begin(ROOT + "data/" + place, bytes, ALIGNMENT));
    zip.end();
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }
}
