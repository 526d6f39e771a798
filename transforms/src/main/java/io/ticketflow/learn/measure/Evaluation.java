package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.math.ScoreAccumulator;
import io.ticketflow.math.Scores;
import io.ticketflow.math.Softmax;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.EvaluationSpec;
import io.ticketflow.spec.MeasureSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The scores of a network, or of an ensemble, on every split. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * One row for each split that has images: train, validation, test. Nothing is augmented.
   *
   * @param members one network, or several whose probabilities are averaged in doubles, in order;
   *     BatchNorm's statistics are taken as they are
   * @param labelSmoothing of the loss, in [0, 1)
   * @param evaluation says whether mirror images are looked at too
   * @throws ArithmeticException if a network's output is not finite
   */
  public static List<SplitScores> evaluate(
      ModelGraph graph,
      Iterable<TensorSet> members,
      DataSplits data,
      double labelSmoothing,
      EvaluationSpec evaluation,
      Calculator calculator) {
    try (Calculator.Logits pass = pass(graph, members, evaluation, calculator)) {
      return splits(data).stream()
          .map(split -> score(graph, pass, split, data, labelSmoothing, evaluation))
          .toList();
    }
  }

  /**
   * The same rows from logits that are there.
   *
   * @param members those of one network, or of several whose probabilities are averaged
   */
  public static List<SplitScores> scores(
      ModelGraph graph,
      List<SplitLogits> members,
      DataSplits data,
      double labelSmoothing,
      EvaluationSpec evaluation) {
    List<SplitScores> rows = new ArrayList<>();
    for (MeasureSpec.Split split : splits(data)) {
      ScoreAccumulator scores = accumulator(graph, labelSmoothing, evaluation);
      List<float[]> logits = members.stream().map(each -> each.bySplit().get(split)).toList();
      add(logits, images(split, data).labels(), scores);
      rows.add(row(split, scores.scores()));
    }
    return rows;
  }

  /** What computes the logits that solutions are measured by; close it. */
  static Calculator.Logits pass(
      ModelGraph graph,
      Iterable<TensorSet> members,
      EvaluationSpec evaluation,
      Calculator calculator) {
    Calculator.Logits plain = calculator.logits(graph, members);
    return evaluation.mirror() ? new MirroredLogits(plain) : plain;
  }

  /**
   * The validation split's row alone: what choices are made by.
   *
   * @param network BatchNorm's statistics are taken as they are
   * @param data its validation split must have images
   * @param labelSmoothing of the loss, in [0, 1)
   * @throws ArithmeticException if the network's output is not finite
   */
  public static SplitScores validate(
      ModelGraph graph,
      TensorSet network,
      DataSplits data,
      double labelSmoothing,
      EvaluationSpec evaluation,
      Calculator calculator) {
    return on(
        MeasureSpec.Split.VALIDATION, graph, network, data, labelSmoothing, evaluation, calculator);
  }

  /** Likewise the row of another split, which must have images. */
  public static SplitScores on(
      MeasureSpec.Split split,
      ModelGraph graph,
      TensorSet network,
      DataSplits data,
      double labelSmoothing,
      EvaluationSpec evaluation,
      Calculator calculator) {
    try (Calculator.Logits pass = calculator.logits(graph, List.of(network))) {
      return score(graph, pass, split, data, labelSmoothing, evaluation);
    }
  }

  /** The images of a split. */
  public static Images images(MeasureSpec.Split split, DataSplits data) {
    return switch (split) {
      case TRAIN -> data.train();
      case VALIDATION -> data.validation();
      case TEST -> data.test();
    };
  }

  /** The splits that have images, in order. */
  static List<MeasureSpec.Split> splits(DataSplits data) {
    return Stream.of(MeasureSpec.Split.values())
        .filter(split -> images(split, data).count() > 0)
        .toList();
  }

  private static ScoreAccumulator accumulator(
      ModelGraph graph, double labelSmoothing, EvaluationSpec evaluation) {
    return new ScoreAccumulator(graph.classes(), evaluation.bins(), labelSmoothing);
  }

  private static SplitScores score(
      ModelGraph graph,
      Calculator.Logits pass,
      MeasureSpec.Split split,
      DataSplits data,
      double labelSmoothing,
      EvaluationSpec evaluation) {
    ScoreAccumulator scores = accumulator(graph, labelSmoothing, evaluation);
    Images images = images(split, data);
    int[] labels = images.labels();
    pass.over(
        images,
        data,
        evaluation.batchSize(),
        (logits, from, to) -> add(logits, Arrays.copyOfRange(labels, from, to), scores));
    return row(split, scores.scores());
  }

  private static void add(List<float[]> logits, int[] labels, ScoreAccumulator scores) {
    if (logits.size() == 1) {
      scores.addLogits(logits.get(0), labels);
      return;
    }
    int classes = logits.get(0).length / labels.length;
    for (int i = 0; i < labels.length; i++) {
      scores.addProbabilities(meanProbabilities(logits, i, classes), labels[i]);
    }
  }

  /** An ensemble's probabilities of an image, averaged in doubles over its members in order. */
  static double[] meanProbabilities(List<float[]> members, int image, int classes) {
    double[] mean = new double[classes];
    for (float[] member : members) {
      double[] probabilities =
          Softmax.of(Arrays.copyOfRange(member, image * classes, (image + 1) * classes));
      for (int k = 0; k < classes; k++) {
        mean[k] += probabilities[k] / members.size();
      }
    }
    return mean;
  }

  private static SplitScores row(MeasureSpec.Split split, Scores scores) {
    return SplitScores.newBuilder()
        .setSplit(split.label())
        .setImages(scores.images())
        .setLoss(scores.loss())
        .setAccuracy(scores.accuracy())
        .setNll(scores.nll())
        .setEce(scores.ece())
        .setBrier(scores.brier())
        .setWorstClassAccuracy(scores.worstClassAccuracy())
        .build();
  }
}
