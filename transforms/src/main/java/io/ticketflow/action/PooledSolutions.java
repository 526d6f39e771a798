package io.ticketflow.action;

import io.ticketflow.network.Exclusions;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.PoolTask;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ArtifactStore;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;

/** The solutions of a pool, read one at a time and found to be of one model. */
final class PooledSolutions implements IntFunction<TensorSet> {
  private final ArtifactStore artifacts;
  private final List<SolutionRecord> solutions;
  private final SolutionRecord target;
  private final SparseNetwork network;

  /**
   * Reads the target.
   *
   * @throws UserException if it does not keep what its record says of its prunable tensors
   */
  PooledSolutions(ArtifactStore artifacts, RunSpec spec, PoolTask task) {
    this.artifacts = artifacts;
    this.solutions = task.getSolutions();
    this.target = solutions.get(task.getTarget());
    TensorSet weights = artifacts.load(target.getWeights());
    Exclusions excluded = new Exclusions(spec.pruning().exclude());
    Masks masks = excluded.others(artifacts.loadMasks(target.getWeights()));
    network = new SparseNetwork(weights, masks);
    if (network.kept() != target.getKept() || network.total() != target.getTotal()) {
      throw UserException.of(
          "%s keeps %d of %d prunable weights, but its record says %d of %d",
          name(target), network.kept(), network.total(), target.getKept(), target.getTotal());
    }
  }

  SparseNetwork target() {
    return network;
  }

  /**
   * The network of a solution.
   *
   * @throws UserException naming both runs and the tensor, if it is not of the target's model
   */
  @Override
  public TensorSet apply(int index) {
    SolutionRecord solution = solutions.get(index);
    TensorSet other = artifacts.load(solution.getWeights());
    Iterator<Tensor> others = other.tensors().iterator();
    for (Tensor tensor : network.weights().tensors()) {
      String there = others.hasNext() ? describe(others.next()) : "none";
      if (!there.equals(describe(tensor))) {
        throw differ(describe(tensor), solution, there);
      }
    }
    if (others.hasNext()) {
      throw differ("none", solution, describe(others.next()));
    }
    return other;
  }

  private UserException differ(String here, SolutionRecord solution, String there) {
    return UserException.of(
        "a pool must be of one model, but %s has the tensor %s where %s has %s",
        name(target), here, name(solution), there);
  }

  private static String describe(Tensor tensor) {
    return tensor.name() + " " + tensor.shape();
  }

  private static String name(SolutionRecord solution) {
    return "cycle " + solution.getCycle() + " of run " + solution.getRun();
  }
}
