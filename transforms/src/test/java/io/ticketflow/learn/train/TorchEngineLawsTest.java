package io.ticketflow.learn.train;

import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.torch.TorchTrainer;

class TorchEngineLawsTest extends OracleLaws {
  @Override
  EngineFactory engines() {
    return TorchTrainer.engines(Device.cpu());
  }
}
