package io.ticketflow.runners.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class HdfsContractTest extends BlobStoreContract {
  @TempDir static Path disk;
  private static HdfsServer server;

  @BeforeAll
  static void start() throws IOException {
    server = HdfsServer.start(disk);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  String freshRoot() {
    return server.root() + "/outputs/" + UUID.randomUUID();
  }

  @Override
  boolean tellsOneWinner() {
    return true;
  }
}
