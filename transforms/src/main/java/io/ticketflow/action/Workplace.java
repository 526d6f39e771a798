package io.ticketflow.action;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.store.ActionStore;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import java.io.Serializable;

/**
 * Where actions happen: the output folder that holds their results, and the device that they run
 * on. Travels to workers as two strings.
 *
 * @param output the output folder
 * @param device as DJL names it, such as cpu or gpu0
 */
public record Workplace(String output, String device) implements Serializable {
  /** The files of the output folder. */
  public BlobStore blobs() {
    return Blobs.at(output);
  }

  public ArtifactStore artifacts() {
    return new ArtifactStore(blobs());
  }

  public ActionStore actions() {
    return new ActionStore(blobs());
  }

  /** The reference trainer on this device. */
  public Trainer trainer() {
    return new TorchTrainer(torchDevice());
  }

  /**
   * What decides the bits of a result beside its inputs: the kind of device and the engine's
   * version. It is in the key of whatever the engine computes, so that an output never mixes them.
   */
  String platform() {
    return torchDevice().getDeviceType() + " djl-" + Engine.getDjlVersion();
  }

  Device torchDevice() {
    return Device.fromName(device);
  }
}
