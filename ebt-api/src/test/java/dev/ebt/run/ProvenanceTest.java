package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  @Test
  void onlyFactsThatBothSidesHaveAreCompared() {
    assertThat(
            Provenance.changes(
                Map.of("data", "a1", "seed", "33", "old", "x", "step", 4),
                Map.of("data", "b2", "seed", "33", "new", "y", "step", "4")))
        .containsExactly(new Provenance.Change("data", "a1", "b2"));
  }

  @Test
  void librariesAreComparedOneByOne() {
    Provenance.Change change =
        Provenance.changes(
                Map.of("libraries", "a-1, b-1, c-1"), Map.of("libraries", "a-1, b-2, c-1, d-1"))
            .get(0);
    assertThat(change).hasToString("libraries: b-1 then, b-2, d-1 now");
    assertThat(new Provenance.Change("libraries", "", "d-1"))
        .hasToString("libraries: none then, d-1 now");
  }

  @Test
  void theCommitIsSaidOnlyIfItIsKnown() {
    String hash = "0123456789abcdef0123456789abcdef01234567";
    assertThat(EbtVersion.commit(hash + "\n")).isEqualTo(hash);
    assertThat(EbtVersion.commit(hash + "+changes\n")).isEqualTo(hash + "+changes");
    assertThat(EbtVersion.commit("")).isEqualTo("unknown");
    assertThat(EbtVersion.commit("fatal: not a git repository")).isEqualTo("unknown");
    assertThat(EbtVersion.commit()).matches("unknown|[0-9a-f]{40}(\\+changes)?");
  }

  @Test
  void aProcessorIsNamedWithTheFeaturesThatKernelsUse() {
    assertThat(
            Platform.processor(
                List.of(
                    "processor\t: 0",
                    "model name\t: AMD EPYC",
                    "flags\t\t: fpu avx avx2 fma",
                    "processor\t: 1",
                    "model name\t: other")))
        .isEqualTo("AMD EPYC (avx avx2 fma)");
    assertThat(Platform.processor(List.of("Features\t: fp asimd"))).isEqualTo("unnamed (asimd)");
    assertThat(Platform.processor(List.of())).isEqualTo("unknown");
  }

  @Test
  void librariesAreTheJarsOfTheClassPath() {
    String classPath =
        String.join(
            File.pathSeparator,
            String.join(File.separator, "", "m2", "guice-7.0.0.jar"),
            String.join(File.separator, "", "classes"),
            "asm-9.jar");
    assertThat(Platform.libraries(classPath)).isEqualTo("asm-9, guice-7.0.0");
  }
}
