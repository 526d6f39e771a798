package io.ticketflow.work;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.torch.TorchCalculator;
import io.ticketflow.learn.torch.TorchDevices;
import io.ticketflow.learn.torch.TorchEngine;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.vector.VectorCalculator;
import io.ticketflow.learn.vector.VectorTrainer;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ActionStore;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.AttemptStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.CheckpointStore;
import java.io.Serializable;
import java.util.function.Function;

/**
 * Where and how actions happen: the output folder that holds their results, the devices that they
 * run on, and how often trainings keep their state. Travels to workers.
 *
 * @param output the output folder
 */
public record Workplace(String output, DevicePolicy devices, CheckpointPolicy checkpointing)
    implements Serializable {
  /** On CPUs, with the usual checkpoints. */
  public Workplace(String output) {
    this(output, DevicePolicy.CPU, CheckpointPolicy.DEFAULT);
  }

  /** The files of the output folder. */
  public BlobStore blobs() {
    return Blobs.at(output);
  }

  /** Its networks and masks. */
  public ArtifactStore artifacts() {
    return new ArtifactStore(blobs());
  }

  /** Its finished actions. */
  public ActionStore actions() {
    return new ActionStore(blobs());
  }

  /** Its checkpoints. */
  public CheckpointStore checkpoints() {
    return new CheckpointStore(blobs());
  }

  /** Its failed and begun attempts. */
  public AttemptStore attempts() {
    return new AttemptStore(blobs());
  }

  /** What the work makes on one of this worker's devices. */
  public <T> T onDevice(Function<Device, T> work) {
    return TorchDevices.pool(devices).on(work);
  }

  /** What computes with a run's networks on a device; {@link #platform(RunSpec)} names it. */
  public Calculator calculator(RunSpec spec, Device device) {
    return spec.training().engine() == EngineName.JAVA
        ? new VectorCalculator()
        : new TorchCalculator(device);
  }

  /**
   * What decides the bits of what a run's engine computes. The engine in plain Java gives the same
   * ones on every machine.
   */
  public String platform(RunSpec spec) {
    return spec.training().engine() == EngineName.JAVA
        ? "java arithmetic-" + VectorTrainer.ARITHMETIC
        : platform();
  }

  /**
   * What decides the bits of a result beside its inputs: the kind of device, the engine's version
   * and how we compute with it. It is in the key of whatever the engine computes, so that an output
   * never mixes them.
   */
  public String platform() {
    return devices.kind()
        + " djl-"
        + TorchEngine.version()
        + " arithmetic-"
        + TorchTrainer.ARITHMETIC;
  }
}
