package io.ticketflow.action;

import io.ticketflow.exchange.ImportedNetwork;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.model.Whitening;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.RunSpec;
import java.util.List;

/** The images of a run and the network that fits them. */
public record Networks(DataSplits data, ModelGraph graph) {
  /** Those that the run's data and model make. */
  public static Networks of(RunSpec spec) {
    return of(spec.data(), spec.model());
  }

  /** Those that data and model make. */
  public static Networks of(DataSpec images, ModelSpec model) {
    DataSplits data = Datasets.load(images);
    Images train = data.train();
    return new Networks(
        data,
        ModelZoo.build(model, train.channels(), train.height(), train.width(), train.classes()));
  }

  /** The run's first weights: those of its file, or drawn by its seed. */
  TensorSet first(RunSpec spec) {
    return spec.model().isImported()
        ? ImportedNetwork.read(spec.model(), graph).weights()
        : draw(spec, spec.seed());
  }

  /** First weights of the run's kind; layers that whiten look at its train images. */
  TensorSet draw(RunSpec spec, long seed) {
    TensorSet drawn = Initialisation.draw(graph, spec.model().initialisation(), seed);
    return Whitening.in(graph, drawn, data);
  }

  /** The tensors that the run may prune. */
  public List<ParameterSpec> prunable(RunSpec spec) {
    return graph.prunable(new Exclusions(spec.pruning().exclude()));
  }
}
