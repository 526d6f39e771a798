package io.ticketflow.learn.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicePoolTest {
  @ParameterizedTest
  @CsvSource({
    "auto,true,gpu,gpu",
    "auto,false,cpu,cpu",
    "cpu,true,cpu,cpu",
    "gpu,false,gpu,gpu",
    "gpu:3,false,gpu,gpu:3"
  })
  void aPolicyHasAKindAndAName(String asked, boolean gpus, String kind, String name) {
    DevicePolicy policy = DevicePolicy.of(asked, gpus, 2);
    assertThat(policy.kind()).isEqualTo(kind);
    assertThat(policy.name()).isEqualTo(name);
    assertThat(policy.trainersPerDevice()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tpu", "gpu0", "gpu:", "gpu:-1", "gpu:1234", "GPU", ""})
  void otherNamesAreRefused(String name) {
    assertThatThrownBy(() -> DevicePolicy.of(name, false, 1))
        .isInstanceOf(UserException.class)
        .hasMessage("--device must be auto, cpu, gpu or gpu:INDEX, got " + name);
  }

  @Test
  void aDeviceHasAtLeastOneTrainer() {
    assertThatThrownBy(() -> DevicePolicy.of("cpu", false, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--trainersPerDevice");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65})
  void aTrainingHasAFewThreads(int threads) {
    assertThatThrownBy(() -> DevicePolicy.CPU.withThreads(threads))
        .isInstanceOf(UserException.class)
        .hasMessage("--threadsPerTraining must be from 1 to 64, got " + threads);
  }

  @Test
  void aGpuThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> new DevicePool(DevicePolicy.of("gpu:2", false, 1), 2))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("gpu:2 is not there: the engine finds 2 GPUs");
    assertThatThrownBy(() -> new DevicePool(DevicePolicy.of("gpu", false, 1), 0))
        .hasMessageContaining("no GPU");
  }

  @Test
  void oneGpuOfSeveralIsTheOnlyOneUsed() {
    DevicePool pool = new DevicePool(DevicePolicy.of("gpu:1", false, 2), 3);
    assertThat(pool.<Device>on(first -> pool.on(second -> second))).isEqualTo(Device.gpu(1));
  }

  /** 3 GPUs × 2 trainers: six at once, two on each; the seventh waits for a place. */
  @Test
  void trainingsSpreadEvenlyAndWaitForAPlace() throws Exception {
    DevicePool pool = new DevicePool(DevicePolicy.of("gpu", false, 2), 3);
    CountDownLatch allIn = new CountDownLatch(6);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(7);
    try {
      List<Future<Device>> used = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        used.add(
            threads.submit(
                () ->
                    pool.on(
                        device -> {
                          most.accumulateAndGet(running.incrementAndGet(), Math::max);
                          allIn.countDown();
                          await(mayEnd);
                          running.decrementAndGet();
                          return device;
                        })));
      }
      assertThat(allIn.await(10, TimeUnit.SECONDS)).isTrue();
      mayEnd.countDown();
      List<Device> devices = new ArrayList<>();
      for (Future<Device> each : used) {
        devices.add(each.get(10, TimeUnit.SECONDS));
      }
      assertThat(most).hasValue(6);
      for (int i = 0; i < 3; i++) {
        Device device = Device.gpu(i);
        assertThat(devices.stream().filter(device::equals).count()).isBetween(2L, 3L);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFailedTrainingGivesItsPlaceBack() {
    DevicePool pool = new DevicePool(DevicePolicy.of("gpu", false, 1), 1);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  pool.on(
                      device -> {
                        throw new IllegalStateException("NaN");
                      }))
          .hasMessage("NaN");
    }
    assertThat(pool.<Device>on(device -> device)).isEqualTo(Device.gpu(0));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
