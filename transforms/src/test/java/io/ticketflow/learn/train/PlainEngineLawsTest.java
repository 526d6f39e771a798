package io.ticketflow.learn.train;

class PlainEngineLawsTest extends EngineLaws {
  @Override
  EngineFactory engines() {
    return PlainEngine::new;
  }
}
