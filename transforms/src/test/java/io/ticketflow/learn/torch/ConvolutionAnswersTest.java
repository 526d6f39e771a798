package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.training.GradientCollector;
import io.ticketflow.learn.model.Layer;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engine's convolutions and their gradients over small whole numbers, whose sums float holds
 * exactly, against nested loops: any channel that is read where none is shows, whatever it holds.
 */
class ConvolutionAnswersTest {
  private static final int SIDE = 9;

  @BeforeAll
  static void prepare() {
    TorchThread.prepare();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 3, 1, 1",
    "1, 6, 5, 1, 2",
    "1, 16, 3, 1, 1",
    "1, 2, 1, 1, 0",
    "2, 2, 3, 1, 1",
    "2, 4, 3, 2, 1",
    "4, 8, 1, 2, 0",
    "3, 16, 3, 1, 1",
    "6, 16, 5, 1, 0",
    "8, 8, 3, 1, 1",
    "16, 10, 1, 1, 0",
    "16, 10, 5, 1, 2",
    "20, 32, 3, 1, 1",
    "32, 20, 3, 1, 1",
    "12, 100, 7, 2, 3",
    "16, 16, 3, 1, 1",
    "8, 16, 1, 2, 0",
    "12, 24, 1, 2, 0",
    "16, 32, 1, 2, 0",
    "12, 80, 3, 2, 1",
    "40, 112, 1, 1, 0"
  })
  void areThoseOfNestedLoops(int in, int out, int kernel, int stride, int padding) {
    Layer.Conv conv = new Layer.Conv(in, out, kernel, stride, padding, true);
    for (int images : new int[] {1, 3, 32}) {
      Loops loops = new Loops(conv, images, new Random(images));
      for (boolean channelsLast : in == 1 ? new boolean[] {false} : new boolean[] {false, true}) {
        check(conv, images, loops, channelsLast);
      }
    }
  }

  private static void check(Layer.Conv conv, int images, Loops loops, boolean channelsLast) {
    int kernel = conv.kernel();
    try (PtNDManager manager =
        (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(Device.cpu())) {
      PtNDArray plain =
          (PtNDArray) manager.create(loops.x, new Shape(images, conv.in(), SIDE, SIDE));
      PtNDArray x = channelsLast ? ImageFeed.channelsLast(plain) : plain;
      PtNDArray w =
          (PtNDArray) manager.create(loops.w, new Shape(conv.out(), conv.in(), kernel, kernel));
      PtNDArray bias = (PtNDArray) manager.create(loops.bias, new Shape(conv.out()));
      x.setRequiresGradient(true);
      w.setRequiresGradient(true);
      PtNDArray y;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        y = Convolution.apply(conv, x, w, bias, channelsLast);
        collector.backward(y.mul(manager.create(loops.pull, y.getShape())).sum());
      }
      String where = conv + ", " + images + " images, channels last: " + channelsLast;
      assertThat(y.toFloatArray()).as("result, " + where).isEqualTo(loops.y);
      assertThat(x.getGradient().toFloatArray()).as("to images, " + where).isEqualTo(loops.toX);
      assertThat(w.getGradient().toFloatArray()).as("to weights, " + where).isEqualTo(loops.toW);
    }
  }

  /** The definition: a cross-correlation, and how it pulls on its inputs. */
  private static final class Loops {
    final float[] x;
    final float[] w;
    final float[] bias;
    final float[] pull;
    final float[] y;
    final float[] toX;
    final float[] toW;

    Loops(Layer.Conv conv, int images, Random random) {
      int kernel = conv.kernel();
      int side = (SIDE + 2 * conv.padding() - kernel) / conv.stride() + 1;
      x = numbers(random, images * conv.in() * SIDE * SIDE);
      w = numbers(random, conv.out() * conv.in() * kernel * kernel);
      bias = numbers(random, conv.out());
      pull = numbers(random, images * conv.out() * side * side);
      y = new float[pull.length];
      toX = new float[x.length];
      toW = new float[w.length];
      for (int at = 0; at < y.length; at++) {
        int column = at % side;
        int row = at / side % side;
        int channel = at / (side * side) % conv.out();
        int image = at / (side * side * conv.out());
        y[at] = bias[channel];
        for (int tap = 0; tap < conv.in() * kernel * kernel; tap++) {
          int r = row * conv.stride() - conv.padding() + tap / kernel % kernel;
          int c = column * conv.stride() - conv.padding() + tap % kernel;
          if (r >= 0 && c >= 0 && r < SIDE && c < SIDE) {
            int weight = channel * conv.in() * kernel * kernel + tap;
            int pixel = ((image * conv.in() + tap / (kernel * kernel)) * SIDE + r) * SIDE + c;
            y[at] += x[pixel] * w[weight];
            toX[pixel] += pull[at] * w[weight];
            toW[weight] += pull[at] * x[pixel];
          }
        }
      }
    }

    private static float[] numbers(Random random, int count) {
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = random.nextInt(5) - 2;
      }
      return numbers;
    }
  }
}
