package io.ticketflow.runners.data;

import java.net.URI;
import java.util.List;

/**
 * What a publisher offers of a data set.
 *
 * @param base where the files lie, ending in a slash
 * @param folder what the folder of the data set is called
 * @param downloads the files to download
 * @param members what an archive must leave in the folder; empty if downloads are used as they are
 */
public record Publication(URI base, String folder, List<Download> downloads, List<Member> members) {

  /**
   * A file to download.
   *
   * @param bytes its length
   * @param md5 as published, in hexadecimal: it tells damage, and no more than that
   */
  public record Download(String name, long bytes, String md5) {}

  /** A file of an archive and its length. */
  public record Member(String name, long bytes) {}

  public Publication {
    downloads = List.copyOf(downloads);
    members = List.copyOf(members);
    if (!base.toString().endsWith("/")) {
      throw new IllegalArgumentException("a base must end in a slash, got " + base);
    }
  }
}
