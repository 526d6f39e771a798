package io.ticketflow.runners;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the rooms. */
@AnalyzeClasses(packages = "io.ticketflow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] JDK = {"java..", "javax.."};
  private static final String NULLNESS = "org.jspecify..";

  @ArchTest
  static final ArchRule modulesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.ticketflow..")
          .layer("schemas")
          .definedBy("io.ticketflow.schemas..")
          .layer("transforms")
          .definedBy(
              "io.ticketflow.spec..",
              "io.ticketflow.math..",
              "io.ticketflow.store..",
              "io.ticketflow.storage..",
              "io.ticketflow.learn..",
              "io.ticketflow.action..",
              "io.ticketflow.beam..")
          .layer("pipelines")
          .definedBy("io.ticketflow.pipelines..")
          .layer("runners")
          .definedBy("io.ticketflow.runners..")
          .whereLayer("runners")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("pipelines")
          .mayOnlyBeAccessedByLayers("runners")
          .whereLayer("transforms")
          .mayOnlyBeAccessedByLayers("pipelines", "runners")
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule mathKnowsTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.ticketflow.math..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(with("io.ticketflow.math..", NULLNESS));

  @ArchTest
  static final ArchRule specKnowsNoEngineNoStoreAndNoBeam =
      classes()
          .that()
          .resideInAPackage("io.ticketflow.spec..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              with(
                  "io.ticketflow.spec..",
                  "com.fasterxml.jackson..",
                  "org.apache.commons.text..",
                  NULLNESS));

  @ArchTest
  static final ArchRule storeKnowsNoEngineAndNoBeam =
      noClasses()
          .that()
          .resideInAPackage("io.ticketflow.store..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "ai.djl..",
                  "org.apache.beam..",
                  "io.ticketflow.storage..",
                  "io.ticketflow.learn..",
                  "io.ticketflow.action..",
                  "io.ticketflow.beam.."));

  @ArchTest
  static final ArchRule storageServesTheStoreAndNothingElse =
      noClasses()
          .that()
          .resideInAPackage("io.ticketflow.storage..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "ai.djl..",
                  "io.ticketflow.learn..",
                  "io.ticketflow.action..",
                  "io.ticketflow.beam.."));

  @ArchTest
  static final ArchRule learnKnowsNoBeam =
      noClasses()
          .that()
          .resideInAPackage("io.ticketflow.learn..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.apache.beam..", "io.ticketflow.action..", "io.ticketflow.beam.."));

  @ArchTest
  static final ArchRule actionsKnowNoBeam =
      noClasses()
          .that()
          .resideInAPackage("io.ticketflow.action..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.beam..", "io.ticketflow.beam.."));

  @ArchTest
  static final ArchRule onlyTheLearnersHoldTensorsOfTheEngine =
      noClasses()
          .that(resideOutsideOfPackages("io.ticketflow.learn..", "io.ticketflow.runners.doctor.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("ai.djl.ndarray..", "ai.djl.pytorch.."));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.ticketflow.(**)").should().beFreeOfCycles();

  private static String[] with(String... more) {
    String[] all = new String[JDK.length + more.length];
    System.arraycopy(JDK, 0, all, 0, JDK.length);
    System.arraycopy(more, 0, all, JDK.length, more.length);
    return all;
  }
}
