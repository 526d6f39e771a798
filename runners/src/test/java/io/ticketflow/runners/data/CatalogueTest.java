package io.ticketflow.runners.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.data.KnownDataset;
import io.ticketflow.learn.data.KnownDatasets;
import io.ticketflow.spec.UserException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The catalogue has every published data set, by the name that specifications use. */
class CatalogueTest {
  @Test
  void dataSetsAreNamedAsInSpecifications() {
    assertThatThrownBy(() -> Catalogue.published().of("glyphs"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("mnist, fashion-mnist, cifar10, cifar100");
  }

  @Test
  void catalogueKnowsEveryDataSet() {
    Map<String, Publication> publications = Catalogue.published().publications();
    assertThat(publications.keySet())
        .containsExactlyElementsOf(
            KnownDatasets.ALL.stream()
                .filter(KnownDataset::isPublished)
                .map(KnownDataset::name)
                .toList());
    publications
        .values()
        .forEach(
            publication ->
                assertThat(publication.downloads())
                    .isNotEmpty()
                    .allSatisfy(download -> assertThat(download.md5()).matches("[0-9a-f]{32}")));
  }
}
