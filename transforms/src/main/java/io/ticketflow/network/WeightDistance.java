package io.ticketflow.network;

import io.ticketflow.schemas.TensorRole;
import java.util.Iterator;

/**
 * How far two networks' trained weights lie apart; BatchNorm's running statistics do not count.
 *
 * @param euclidean the length of their difference, in double
 * @param cosine of the angle between them, from −1 to 1; 0 if one of them is all 0
 */
public record WeightDistance(double euclidean, double cosine) {
  /** The distance of two networks of one graph. */
  public static WeightDistance of(TensorSet a, TensorSet b) {
    double squares = 0;
    double product = 0;
    double ofA = 0;
    double ofB = 0;
    Iterator<Tensor> others = b.tensors().iterator();
    for (Tensor tensor : a.tensors()) {
      float[] x = tensor.values();
      float[] y = others.next().values();
      for (int i = 0; tensor.role() != TensorRole.BUFFER && i < x.length; i++) {
        double away = (double) x[i] - y[i];
        squares += away * away;
        product += (double) x[i] * y[i];
        ofA += (double) x[i] * x[i];
        ofB += (double) y[i] * y[i];
      }
    }
    double lengths = Math.sqrt(ofA) * Math.sqrt(ofB);
    double cosine = lengths == 0 ? 0 : Math.max(-1, Math.min(1, product / lengths));
    return new WeightDistance(Math.sqrt(squares), cosine);
  }
}
