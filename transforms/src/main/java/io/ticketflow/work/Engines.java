package io.ticketflow.work;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.model.Layer;
import io.ticketflow.learn.torch.InstructionSet;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.learn.torch.TorchEngine;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.vector.VectorCalculator;
import io.ticketflow.learn.vector.VectorTrainer;
import io.ticketflow.spec.EngineName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Every engine that a run can name: what it makes, and how it is told apart in keys. */
final class Engines {
  private static final Map<EngineName, Engine> ALL =
      new EnumMap<>(
          Map.of(
              EngineName.TORCH,
              new Engine(
                  true,
                  false,
                  layer -> true,
                  (device, threads) -> new TorchCalculator(device),
                  TorchEngine::require,
                  devices ->
                      devices.kind()
                          + (devices.gpu() ? "" : " " + InstructionSet.used())
                          + " djl-"
                          + TorchEngine.version()
                          + " arithmetic-"
                          + TorchTrainer.ARITHMETIC),
              EngineName.JAVA,
              new Engine(
                  false,
                  true,
                  VectorCalculator::computes,
                  (device, threads) -> new VectorCalculator(threads),
                  () -> {},
                  devices -> "java arithmetic-" + VectorTrainer.ARITHMETIC)));

  private static final List<EngineWrapper> WRAPPERS =
      ServiceLoader.load(EngineWrapper.class, Engines.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private Engines() {}

  /**
   * An engine.
   *
   * @param onGpus whether it computes on GPUs; if not, it takes the CPU where there are some
   * @param onThreads whether a training takes several threads, with the same bits; if not, it takes
   *     one
   * @param computes whether it knows a layer
   * @param calculator what computes on a device, with so many threads
   * @param require loads what it needs, once a JVM
   * @param platform what decides its bits beside their inputs, on such devices
   */
  record Engine(
      boolean onGpus,
      boolean onThreads,
      Predicate<Layer> computes,
      BiFunction<Device, Integer, Calculator> calculator,
      Runnable require,
      Function<DevicePolicy, String> platform) {

    /** What computes on a device, with so many threads a training. */
    Calculator calculator(Device device, int threads) {
      Calculator made = calculator.apply(device, threads);
      for (EngineWrapper wrapper : WRAPPERS) {
        made = wrapper.around(made);
      }
      return made;
    }
  }

  static Engine of(EngineName name) {
    Engine found = ALL.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no engine is registered for " + name);
    }
    return found;
  }
}
