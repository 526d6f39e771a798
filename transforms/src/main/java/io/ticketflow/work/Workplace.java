package io.ticketflow.work;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.learn.torch.TorchDevices;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ActionStore;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.AttemptStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.CheckpointStore;
import io.ticketflow.store.ClaimStore;
import io.ticketflow.store.ContainerFiles;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where and how actions happen: the output folder that holds their results, the devices that they
 * run on, and how often trainings keep their state. Travels to workers.
 *
 * @param output the output folder
 * @param store where it shares results with other outputs; empty if it does not
 * @param call names the pipeline that works, so that what it made is told from what it found; empty
 *     outside a pipeline
 */
public record Workplace(
    String output, DevicePolicy devices, CheckpointPolicy checkpointing, String store, String call)
    implements Serializable {
  /** Outside a pipeline. */
  public Workplace(
      String output, DevicePolicy devices, CheckpointPolicy checkpointing, String store) {
    this(output, devices, checkpointing, store, "");
  }

  /** Of an output that shares nothing. */
  public Workplace(String output, DevicePolicy devices, CheckpointPolicy checkpointing) {
    this(output, devices, checkpointing, "");
  }

  /** On CPUs, with the usual checkpoints. */
  public Workplace(String output) {
    this(output, DevicePolicy.CPU, CheckpointPolicy.DEFAULT);
  }

  /** The same place, for the work of one pipeline; as it is if it belongs to one. */
  public Workplace forCall() {
    return call.isEmpty()
        ? new Workplace(output, devices, checkpointing, store, UUID.randomUUID().toString())
        : this;
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

  /** Claims of workers on what they do. */
  public ClaimStore claims() {
    return new ClaimStore(blobs());
  }

  /** What it shares with other outputs, if it shares anything. */
  Optional<SharedStore> shared() {
    return store.isEmpty() ? Optional.empty() : Optional.of(new SharedStore(Blobs.at(store)));
  }

  /** Puts a record on file for the output's readers, in place of one that is there. */
  <T extends SpecificRecord> void publish(String path, Class<T> type, T record) {
    try {
      blobs().write(path, out -> ContainerFiles.write(type, List.of(record), out));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * What the work makes on one of this worker's devices.
   *
   * @param engine what works; one that knows no GPUs takes none from others
   */
  public <T> T onDevice(EngineName engine, Function<Device, T> work) {
    boolean onGpus = Engines.of(engine).onGpus();
    return TorchDevices.pool(onGpus ? devices : DevicePolicy.CPU).on(work);
  }

  /** What computes with a run's networks on a device; {@link #platform(RunSpec)} names it. */
  public Calculator calculator(RunSpec spec, Device device) {
    return Engines.of(spec.training().engine()).calculator(device, devices.threads());
  }

  /**
   * What decides the bits of what a run's engine computes beside its inputs: with libtorch the kind
   * of device, the processor's instructions, its version and how we compute with it. It is in the
   * key of whatever the engine computes, so that an output never mixes them.
   */
  public String platform(RunSpec spec) {
    return platform(spec.training().engine());
  }

  /** The same of an engine. */
  public String platform(EngineName engine) {
    return Engines.of(engine).platform().apply(devices);
  }
}
