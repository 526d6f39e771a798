package io.ticketflow.runners.gpu;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.runners.cluster.ResidentMemory;
import io.ticketflow.runners.doctor.Finding;
import io.ticketflow.runners.doctor.Finding.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryCheckTest {
  private static final long MIB = 1L << 20;
  private static final Trainer CPU = new TorchTrainer(Device.cpu());

  @Test
  @Tag("proofs") // a hundred collections of all that the tests before left
  void theMemoryOfThisProcessStays() {
    Finding finding = ofProcess(CPU);
    assertThat(finding.level()).as(finding.text()).isEqualTo(Level.OK);
    assertThat(finding.text()).contains("over 50 trainings");
  }

  /** Two megabytes that each training maps and leaves behind. */
  @Test
  @Tag("proofs")
  void aTrainerThatLeaksIsFound(@TempDir Path folder) throws IOException {
    List<ByteBuffer> left = new ArrayList<>();
    try (FileChannel file = FileChannel.open(folder.resolve("zeros"), CREATE, READ, WRITE)) {
      Finding finding = ofProcess(WrongEngines.with(leaking(file, left)));
      assertThat(finding.level()).as(finding.text()).isEqualTo(Level.PROBLEM);
      assertThat(left).hasSize(MemoryCheck.TRAININGS);
    }
  }

  private static WrongEngines.Fault leaking(FileChannel file, List<ByteBuffer> left) {
    return new WrongEngines.Fault() {
      @Override
      public void close() {
        try {
          ByteBuffer memory = file.map(FileChannel.MapMode.PRIVATE, 0, 2 * MIB);
          while (memory.hasRemaining()) {
            memory.putLong(1);
          }
          left.add(memory);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /**
   * Of what a device might show after training i, from 0: what it takes in the first ten, one block
   * more, a network of a megabyte each time, and a block that comes and goes.
   */
  @ParameterizedTest
  @CsvSource({"first, OK", "network, PROBLEM", "half, OK", "comes, OK", "late, PROBLEM"})
  void onlyWhatStaysCounts(String what, Level expected) {
    LongUnaryOperator mib =
        switch (what) {
          case "first" -> i -> Math.min(i, 9) * 100;
          case "network" -> i -> 100 + i;
          case "half" -> i -> 100 + i / 2;
          case "comes" -> i -> i % 3 == 0 ? 140 : 100;
          default -> i -> i < 30 ? 100 : 120;
        };
    long[] bytes = LongStream.range(0, MemoryCheck.TRAININGS).map(mib).map(i -> i * MIB).toArray();
    assertThat(new MemoryCheck("gpu", () -> 0).finding(bytes).level()).isEqualTo(expected);
  }

  private static Finding ofProcess(Trainer trainer) {
    long own = ProcessHandle.current().pid();
    return new MemoryCheck("memory", () -> ResidentMemory.bytes(own).orElseThrow())
        .finding("lenet-5", trainer);
  }
}
