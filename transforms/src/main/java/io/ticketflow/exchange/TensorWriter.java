package io.ticketflow.exchange;

import io.ticketflow.math.Mask;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;

/**
 * Writes a file of tensors that were declared when it was opened, each in its turn. Equal content
 * gives equal bytes. Close it; closing before the last tensor is written leaves a file that is not
 * whole.
 */
public abstract class TensorWriter implements AutoCloseable {
  private final Iterator<TensorEntry> due;

  TensorWriter(List<TensorEntry> tensors) {
    due = tensors.iterator();
  }

  /** Writes the next tensor, which is declared as F32. */
  public void append(float[] values) throws IOException {
    LittleEndian.write(values, begin(values.length, Dtype.F32));
    end();
  }

  /** Writes the next tensor, which is declared as I32. */
  public void append(int[] values) throws IOException {
    LittleEndian.write(values, begin(values.length, Dtype.I32));
    end();
  }

  /** Writes the next tensor, which is declared as BOOL: true where the mask keeps. */
  public void append(Mask mask) throws IOException {
    LittleEndian.write(mask, begin(mask.size(), Dtype.BOOL));
    end();
  }

  @Override
  public abstract void close() throws IOException;

  /** Begins a tensor and returns where its bytes go. */
  abstract OutputStream start(TensorEntry tensor) throws IOException;

  abstract void end() throws IOException;

  private OutputStream begin(int size, Dtype dtype) throws IOException {
    TensorEntry next = due.next();
    if (next.size() != size || next.dtype() != dtype) {
      throw new IllegalArgumentException(
          "tensor " + next.name() + " is " + next + ", got " + size + " of " + dtype.label());
    }
    return start(next);
  }
}
