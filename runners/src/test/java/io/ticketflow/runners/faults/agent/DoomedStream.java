package io.ticketflow.runners.faults.agent;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes so many bytes on, all the way to the disk, and then comes to its fault. */
final class DoomedStream extends FilterOutputStream {
  private final Fault fault;
  private final Event event;
  private int left;
  private boolean happened;

  DoomedStream(OutputStream out, Fault fault, Event event) {
    super(out);
    this.fault = fault;
    this.event = event;
    this.left = fault.bytes();
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int from, int length) throws IOException {
    int passed = Math.min(left, length);
    out.write(buffer, from, passed);
    left -= passed;
    if (passed < length) {
      if (!happened) {
        happened = true;
        out.flush();
        Moments.happen(fault, event);
      }
      out.write(buffer, from + passed, length - passed);
    }
  }
}
