package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
  @Test
  void pathsAndFileUrisAreFolders() {
    assertThat(new Location("out/x").folder()).contains(Path.of("out/x"));
    assertThat(new Location("out/x/").root()).isEqualTo("out/x");
    assertThat(new Location("/").folder()).contains(Path.of("/"));
    assertThat(new Location("file:///data/out").folder()).contains(Path.of("/data/out"));
    assertThat(new Location("file:/data/out").absolute()).isEqualTo("/data/out");
    assertThat(new Location("out").absolute())
        .isEqualTo(Path.of("out").toAbsolutePath().toString());
    assertThat(new Location("out").file("a/b")).isEqualTo("out/a/b");
    assertThat(Blobs.at("out")).isInstanceOf(LocalBlobs.class);
  }

  @Test
  void otherUrisAreNot() {
    Location s3 = new Location("S3://Bucket/prefix/");
    assertThat(s3.folder()).isEmpty();
    assertThat(s3.scheme()).contains("s3");
    assertThat(s3.absolute()).isEqualTo("S3://Bucket/prefix");
    assertThat(s3.file("report.html")).isEqualTo("S3://Bucket/prefix/report.html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "s3://b/../c", "s3://b/.", "s3://b/x?y", "gs://b/*", "file://host/x"})
  void refusesWhatNamesNoPlace(String root) {
    assertThatThrownBy(() -> new Location(root).folder())
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("The place");
  }

  @Test
  void saysWhichStorageIsUnknown() {
    assertThatThrownBy(() -> Blobs.at("ftp://host/x"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The place ftp://host/x cannot be used: ftp is no storage that is known; known are"
                + " folders, hdfs, s3 and gs.");
  }
}
