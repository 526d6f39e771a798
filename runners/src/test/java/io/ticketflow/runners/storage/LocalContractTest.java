package io.ticketflow.runners.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalContractTest extends BlobStoreContract {
  @TempDir Path folder;

  @Override
  String freshRoot() {
    return folder.resolve("out").toString();
  }

  @Override
  boolean tellsOneWinner() {
    return true;
  }
}
