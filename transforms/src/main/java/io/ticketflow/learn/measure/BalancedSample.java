package io.ticketflow.learn.measure;

import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.spec.SaliencySpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Images that gradients are taken of, as many of each class, as GraSP's authors draw them (Wang,
 * Zhang, Grosse, ICLR 2020: ten a class; of a hundred classes five in each of two gradients).
 */
final class BalancedSample {
  private BalancedSample() {}

  /**
   * Images in the order in which they are seen: the classes in a random order take turns, each with
   * its next image of a permutation, until there are {@code batchSize · batches} or none is left; a
   * class that has run out is passed over. So the classes' numbers in a batch differ by one at
   * most, as long as none has run out.
   */
  static ImageSample of(Images images, SaliencySpec given, KeyedRandom draws) {
    SaliencySpec saliency = given.of(images.classes());
    long wanted = (long) saliency.batchSize() * saliency.batches();
    return new ImageSample(order(images, wanted, draws), saliency.batchSize());
  }

  /** Likewise so many images, or all if there are fewer. */
  static int[] order(Images images, long most, KeyedRandom draws) {
    List<Deque<Integer>> byClass = new ArrayList<>();
    for (int i = 0; i < images.classes(); i++) {
      byClass.add(new ArrayDeque<>());
    }
    for (int image : draws.permutation(images.count())) {
      byClass.get(images.labels()[image]).add(image);
    }
    int[] turns = draws.permutation(images.classes());
    int[] order = new int[(int) Math.min(images.count(), most)];
    int taken = 0;
    for (int turn = 0; taken < order.length; turn++) {
      Deque<Integer> next = byClass.get(turns[turn % turns.length]);
      if (!next.isEmpty()) {
        order[taken++] = next.remove();
      }
    }
    return order;
  }
}
