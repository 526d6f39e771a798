package io.ticketflow.pipelines.simulation;

import java.util.List;
import java.util.stream.IntStream;

/** How far the chains of a workload have come, part by part. */
final class Progress {
  private final Barrier barrier;
  private final List<List<Stage>> chains;
  private final int[] stageOf;
  private int part;
  private int atWork;
  private int ended;

  /** Chains of which none has begun. */
  Progress(Barrier barrier, List<List<Stage>> chains) {
    this.barrier = barrier;
    this.chains = chains;
    stageOf = new int[chains.size()];
    ended = (int) chains.stream().filter(List::isEmpty).count();
  }

  /** Begins the next part of the workload: the chains that have a stage of it; none at the end. */
  List<Integer> nextPart() {
    List<Integer> left =
        IntStream.range(0, chains.size())
            .filter(chain -> stageOf[chain] < chains.get(chain).size())
            .boxed()
            .toList();
    part = left.stream().mapToInt(this::partOf).min().orElse(part);
    List<Integer> begin = left.stream().filter(chain -> partOf(chain) == part).toList();
    atWork = begin.size();
    return begin;
  }

  /** The stage that a chain is at, by its number in the chain. */
  int stageOf(int chain) {
    return stageOf[chain];
  }

  /** Ends the stage that a chain is at; whether the next one begins without waiting for others. */
  boolean goOn(int chain) {
    stageOf[chain]++;
    boolean through = stageOf[chain] == chains.get(chain).size();
    if (!through && partOf(chain) == part) {
      return true;
    }
    ended += through ? 1 : 0;
    atWork--;
    return false;
  }

  boolean isPartDone() {
    return atWork == 0;
  }

  boolean isDone() {
    return ended == chains.size();
  }

  /** How often stages gather what this part made: not for the workload's last cycle. */
  long gatherings() {
    long cycles =
        chains.stream()
            .flatMap(List::stream)
            .filter(stage -> stage.phase() != Stage.Phase.BEFORE)
            .filter(stage -> barrier.part(stage) == part)
            .mapToInt(Stage::cycle)
            .distinct()
            .count();
    return barrier.gatherings(Math.max(0, isDone() ? cycles - 1 : cycles));
  }

  private int partOf(int chain) {
    return barrier.part(chains.get(chain).get(stageOf[chain]));
  }
}
