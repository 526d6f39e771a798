package io.ticketflow.examples;

import io.ticketflow.beam.AverageNetworks;
import io.ticketflow.beam.PruneNetworks;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.Location;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation.Required;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Ticketflow's transforms in a pipeline of somebody's own: workers make particles, here by a sum in
 * place of a training; their mean is taken group by group, and pruned to a density.
 */
public final class AverageAndPrune {
  private AverageAndPrune() {}

  /** What the command line says, beside Beam's own options. */
  public interface Options extends PipelineOptions {
    @Description("Where networks are kept: a folder, or a URI, that all workers see.")
    @Required
    String getStore();

    void setStore(String store);

    @Description("Particles of each group.")
    @Default.Integer(4)
    int getParticles();

    void setParticles(int particles);

    @Description("Share of the weights that is kept.")
    @Default.Double(0.25)
    double getDensity();

    void setDensity(double density);
  }

  /** Writes each group's name and the path of its network to {@code STORE/networks}. */
  public static void main(String[] arguments) {
    Options options = PipelineOptionsFactory.fromArgs(arguments).withValidation().as(Options.class);
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, options)
        .apply(
            MapElements.into(TypeDescriptors.strings())
                .via(network -> network.getKey() + " " + network.getValue().getPath()))
        .apply(TextIO.write().to(options.getStore() + "/networks").withoutSharding());
    pipeline.run().waitUntilFinish();
  }

  /** The pruned mean of each group, by the group's name. */
  public static PCollection<KV<String, ArtifactRef>> build(Pipeline pipeline, Options options) {
    String store = options.getStore();
    int particles = options.getParticles();
    return pipeline
        .apply("Groups", Create.of("a", "b"))
        .apply("Particles", FlatMapElements.via(new Particles(store, particles)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(ArtifactRef.class)))
        .apply(AverageNetworks.in(store))
        .apply(PruneNetworks.in(store, options.getDensity()));
  }

  /** A group's particles, kept in the store: a training of your own would stand here. */
  static final class Particles extends SimpleFunction<String, List<KV<String, ArtifactRef>>> {
    private final String store;
    private final int count;

    Particles(String store, int count) {
      this.store = store;
      this.count = count;
    }

    @Override
    public List<KV<String, ArtifactRef>> apply(String group) {
      ArtifactStore artifacts = new ArtifactStore(new Location(store).blobs());
      return IntStream.range(0, count)
          .mapToObj(i -> KV.of(group, artifacts.save(particle(group, i), Masks.NONE)))
          .toList();
    }
  }

  /** Weights 1 … 8 times the group's letter, and a number that is the particle's own. */
  static TensorSet particle(String group, int number) {
    float[] values = new float[8];
    for (int i = 0; i < values.length; i++) {
      values[i] = (group.charAt(0) - 'a' + 1) * (i + 1) + number;
    }
    return TensorSet.of(
        List.of(new Tensor("fc.weight", TensorRole.PRUNABLE, List.of(2L, 4L), values)));
  }
}
