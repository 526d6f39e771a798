package io.ticketflow.action;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.spec.RunSpec;

/** The images of a run and the network that fits them. */
record Networks(DataSplits data, ModelGraph graph) {
  static Networks of(RunSpec spec) {
    DataSplits data = Datasets.load(spec.data());
    Images train = data.train();
    return new Networks(
        data,
        ModelZoo.build(
            spec.model(), train.channels(), train.height(), train.width(), train.classes()));
  }
}
