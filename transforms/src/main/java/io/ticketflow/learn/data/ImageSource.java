package io.ticketflow.learn.data;

import io.ticketflow.spec.UserException;

/** Where the images of a data set come from. */
interface ImageSource {
  /**
   * The first images of a part, in the order of its files, every label checked.
   *
   * @param limit how many; 0 = all
   * @throws UserException naming the file that is missing, damaged or too short
   */
  Images read(Part part, int limit);
}
