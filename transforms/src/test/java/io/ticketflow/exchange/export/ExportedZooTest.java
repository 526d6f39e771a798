package io.ticketflow.exchange.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.ticketflow.exchange.TensorEntry;
import io.ticketflow.exchange.TensorFile;
import io.ticketflow.network.Tensor;
import io.ticketflow.spec.ModelSpec;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of pruned networks in the programs that they are meant for, against our engine's logits.
 */
class ExportedZooTest {
  private static final double CLOSE = 1e-5;

  @TempDir Path folder;

  @Test
  void smallNetworksComputeTheSameElsewhere() throws Exception {
    check(ZooModels.SMALL);
  }

  /** Minutes: {@code mvn verify -Pformats}. */
  @Test
  @Tag("proofs")
  void everyNetworkOfTheZooComputesTheSameElsewhere() throws Exception {
    check(ZooModels.all());
  }

  private void check(List<ModelSpec> models) throws Exception {
    for (ModelSpec model : models) {
      ZooNetwork zoo = ZooModels.network(model);
      float[] logits = zoo.logits();
      assertThat(logits).as(model.name()).doesNotContain(Float.NaN);
      for (boolean scales : new boolean[] {false, true}) {
        float[] inputs = scales ? zoo.pixels() : zoo.images();
        ExportedNetwork exported = zoo.exported(scales);
        compare(model, "ONNX", onnx(write(exported, ExportFormat.ONNX), zoo, inputs), logits);
        compare(
            model,
            "TorchScript",
            torchScript(write(exported, ExportFormat.TORCHSCRIPT), zoo, inputs),
            logits);
      }
      compact(zoo, logits);
      tensors(zoo);
    }
  }

  /** Cut networks are smaller and give the same logits, in the engine and in ONNX Runtime. */
  private void compact(ZooNetwork zoo, float[] logits) throws Exception {
    Compaction compact = Compaction.of(zoo.graph(), zoo.network());
    assertThat(compact.graph().parameterCount()).isLessThan(zoo.graph().parameterCount());
    float[] engine = ZooNetwork.logits(compact.graph(), compact.network().weights(), zoo.data());
    compare(zoo.model(), "compact", engine, logits);
    ExportedNetwork exported =
        new ExportedNetwork(
            NetworkSource.of(compact.network()),
            Optional.of(compact.graph()),
            Optional.empty(),
            Map.of());
    Path file = write(exported, ExportFormat.ONNX);
    compare(zoo.model(), "compact ONNX", onnx(file, zoo, zoo.images()), logits);
  }

  private void tensors(ZooNetwork zoo) throws IOException {
    Map<String, float[]> onnx = OnnxTensors.read(write(zoo.exported(false), ExportFormat.ONNX));
    for (Tensor tensor : zoo.network().weights().tensors()) {
      assertThat(Arrays.equals(onnx.get(tensor.name()), tensor.values())).isTrue();
    }
    for (ExportFormat format : List.of(ExportFormat.SAFETENSORS, ExportFormat.NPZ)) {
      try (TensorFile file = TensorFile.open(write(zoo.exported(false), format))) {
        for (Tensor tensor : zoo.network().weights().tensors()) {
          TensorEntry entry = file.find(tensor.name()).orElseThrow();
          assertThat(entry.shape()).isEqualTo(tensor.shape());
          assertThat(Arrays.equals(file.values(entry), tensor.values())).isTrue();
        }
        zoo.network()
            .masks()
            .byName()
            .forEach(
                (name, mask) ->
                    assertThat(file.mask(file.find(name + ".mask").orElseThrow())).isEqualTo(mask));
      }
    }
  }

  private Path write(ExportedNetwork exported, ExportFormat format) throws IOException {
    Path file = folder.resolve("network." + (format == ExportFormat.TORCHSCRIPT ? "pt" : "x"));
    format.write(exported, false, file);
    return file;
  }

  private static float[] onnx(Path file, ZooNetwork zoo, float[] inputs) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(file.toString(), options);
          OnnxTensor images =
              OnnxTensor.createTensor(environment, FloatBuffer.wrap(inputs), zoo.shape());
          OrtSession.Result result = session.run(Map.of("input", images))) {
        assertThat(session.getMetadata().getGraphName()).isEqualTo("network");
        FloatBuffer logits = ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer();
        float[] all = new float[logits.remaining()];
        logits.get(all);
        return all;
      }
    }
  }

  private static float[] torchScript(Path file, ZooNetwork zoo, float[] inputs)
      throws IOException, MalformedModelException, TranslateException {
    try (Model model = Model.newInstance("network", "PyTorch")) {
      model.load(file.getParent(), "network");
      try (NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch");
          Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
        NDList images = new NDList(manager.create(inputs, new Shape(zoo.shape())));
        return predictor.predict(images).singletonOrThrow().toFloatArray();
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void compare(ModelSpec model, String form, float[] logits, float[] expected) {
    assertThat(ZooNetwork.difference(logits, expected))
        .as(model.name() + " as " + form)
        .isLessThanOrEqualTo(CLOSE);
  }
}
