package io.ticketflow.runners;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

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
              "io.ticketflow.kernel..",
              "io.ticketflow.spec..",
              "io.ticketflow.settings..",
              "io.ticketflow.math..",
              "io.ticketflow.network..",
              "io.ticketflow.store..",
              "io.ticketflow.learn..",
              "io.ticketflow.exchange..",
              "io.ticketflow.work..",
              "io.ticketflow.action..",
              "io.ticketflow.result..",
              "io.ticketflow.method..",
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
  static final ArchRule mathKnowsTheJdkAndKernelsOnly =
      classes()
          .that()
          .resideInAPackage("io.ticketflow.math..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(with("io.ticketflow.math..", "io.ticketflow.kernel..", NULLNESS));

  @ArchTest
  static final ArchRule specKnowsTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.ticketflow.spec..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(with("io.ticketflow.spec..", NULLNESS));

  /** Rooms of the transforms: each knows only those before it. */
  private static final List<String> ROOMS =
      List.of(
          "kernel",
          "math",
          "spec",
          "settings",
          "network",
          "store",
          "learn",
          "exchange",
          "work",
          "action",
          "result",
          "method",
          "beam");

  @ArchTest
  static void roomsPointOneWay(JavaClasses classes) {
    for (int i = 0; i < ROOMS.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage("io.ticketflow." + ROOMS.get(i) + "..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  ROOMS.subList(i + 1, ROOMS.size()).stream()
                      .map(room -> "io.ticketflow." + room + "..")
                      .toArray(String[]::new)))
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule onlyBeamsRoomKnowsBeam =
      noClasses()
          .that(
              resideInAnyPackage(
                  ROOMS.stream()
                      .filter(room -> !room.equals("beam"))
                      .map(room -> "io.ticketflow." + room + "..")
                      .toArray(String[]::new)))
          // S3 and HDFS are reached through Beam's file systems.
          .and(resideOutsideOfPackages("io.ticketflow.store.remote.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.beam.."));

  @ArchTest
  static final ArchRule onlyTheTorchRoomKnowsTheEngine =
      noClasses()
          .that(resideOutsideOfPackages("io.ticketflow.learn.torch.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("ai.djl.."));

  @ArchTest
  static final ArchRule kernelsKnowTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.ticketflow.kernel..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              with(
                  "io.ticketflow.kernel..",
                  "jdk.incubator.vector..",
                  "com.sun.management..",
                  NULLNESS));

  @ArchTest
  static final ArchRule onlyKernelsKnowVectors =
      noClasses()
          .that(resideOutsideOfPackages("io.ticketflow.kernel.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("jdk.incubator.vector.."));

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
