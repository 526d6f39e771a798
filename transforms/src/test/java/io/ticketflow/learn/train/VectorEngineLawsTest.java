package io.ticketflow.learn.train;

import io.ticketflow.learn.vector.VectorTrainer;

class VectorEngineLawsTest extends OracleLaws {
  @Override
  EngineFactory engines() {
    return VectorTrainer.engines(1);
  }
}
