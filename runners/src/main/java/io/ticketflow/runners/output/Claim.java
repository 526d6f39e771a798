package io.ticketflow.runners.output;

import io.ticketflow.spec.UserException;
import java.io.IOException;

/** That an output is this process's. */
sealed interface Claim extends AutoCloseable permits LocalClaim, RemoteClaim {
  /** What to say if the output cannot be written after all; takes back what was made for it. */
  UserException unwritable(IOException why);

  @Override
  void close() throws IOException;
}
