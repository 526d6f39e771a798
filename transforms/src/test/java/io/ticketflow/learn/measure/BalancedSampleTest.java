package io.ticketflow.learn.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.spec.SaliencySpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of gradients at initialisation: as many of each class, as many as papers take. */
class BalancedSampleTest {
  /** GraSP's authors: ten a class; of a hundred classes five in each of two gradients. */
  @ParameterizedTest
  @CsvSource({"10,1,100,100", "2,1,20,20", "100,2,500,1000", "1000,20,500,10000", "70,2,350,700"})
  void byDefaultItIsTenImagesOfEachClass(int classes, int gradients, int size, int images) {
    SaliencySpec papers = new SaliencySpec(0, 1, 100, 200).of(classes);
    assertThat(papers.batchSize()).isEqualTo(size);
    assertThat(papers.batches()).isEqualTo(gradients);
    assertThat((long) size * gradients).isEqualTo(images);
  }

  @Test
  void everyBatchHasAsManyOfEachClass() {
    // a class of 30, one of 50, one of 120
    Images images = images(30, 50, 120);
    ImageSample sample = sample(images, new SaliencySpec(15, 4, 1, 1));
    assertThat(sample.batchSize()).isEqualTo(15);
    assertThat(sample.images()).hasSize(60);
    for (int batch = 0; batch < 4; batch++) {
      assertThat(counts(images, sample, 15 * batch, 15 * batch + 15)).containsExactly(5, 5, 5);
    }
    assertThat(distinct(sample)).hasSize(60);
  }

  @Test
  void whatDoesNotDivideDiffersByOne() {
    Images images = images(30, 50, 120);
    ImageSample sample = sample(images, new SaliencySpec(4, 2, 1, 1));
    assertThat(counts(images, sample, 0, 4)).containsExactlyInAnyOrder(1, 1, 2);
    assertThat(counts(images, sample, 0, 8)).containsExactlyInAnyOrder(2, 3, 3);
  }

  @Test
  void aClassThatRunsOutIsMadeUpForByTheOthers() {
    Images images = images(3, 0, 40);
    ImageSample sample = sample(images, new SaliencySpec(20, 1, 1, 1));
    assertThat(counts(images, sample, 0, 20)).containsExactly(3, 0, 17);
    assertThat(distinct(sample(images, new SaliencySpec(50, 9, 1, 1)))).hasSize(43);
  }

  @Test
  void otherDrawsAreOtherImagesInAnotherOrder() {
    Images images = images(100, 100, 100);
    SaliencySpec thirty = new SaliencySpec(30, 1, 1, 1);
    int[] one = BalancedSample.of(images, thirty, KeyedRandom.of(1)).images();
    assertThat(BalancedSample.of(images, thirty, KeyedRandom.of(1)).images()).isEqualTo(one);
    assertThat(BalancedSample.of(images, thirty, KeyedRandom.of(2)).images()).isNotEqualTo(one);
    // drawn from all of a class, not its first: 30 of 300 have a mean index near 149.5
    assertThat(Arrays.stream(one).average().orElse(0)).isBetween(90.0, 210.0);
  }

  private static ImageSample sample(Images images, SaliencySpec saliency) {
    return BalancedSample.of(images, saliency, KeyedRandom.of(3, "test"));
  }

  private static Set<Integer> distinct(ImageSample sample) {
    return new HashSet<>(Arrays.stream(sample.images()).boxed().toList());
  }

  private static List<Integer> counts(Images images, ImageSample sample, int from, int to) {
    Integer[] counts = new Integer[images.classes()];
    Arrays.fill(counts, 0);
    IntStream.range(from, to).forEach(i -> counts[images.labels()[sample.images()[i]]]++);
    return List.of(counts);
  }

  private static Images images(int... sizes) {
    int[] labels =
        IntStream.range(0, sizes.length)
            .flatMap(label -> IntStream.generate(() -> label).limit(sizes[label]))
            .toArray();
    return new Images(1, 1, 1, sizes.length, new byte[labels.length], labels);
  }
}
