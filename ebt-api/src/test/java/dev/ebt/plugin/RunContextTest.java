package dev.ebt.plugin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.modality.Tokenizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class RunContextTest {
  private static final String FILE = HasArtifacts.FOLDER + "learnt.json";

  /** Two kinds of tokenizers, each of which keeps a file of the same name. */
  private static final class Learnt implements EbtPlugin {
    @Override
    public String name() {
      return "learnt";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public List<Factory<? extends Tokenizer, ?>> tokenizers() {
      return List.of(keeping("first", "a"), keeping("second", "b"), keeping("third", "a"));
    }

    private static Factory<? extends Tokenizer, ?> keeping(String name, String content) {
      return Factory.of(
          name,
          "Toy that keeps a file",
          ToyPlugin.Nothing.class,
          (settings, assembly) -> {
            Tokenizer part =
                Mockito.mock(
                    Tokenizer.class, Mockito.withSettings().extraInterfaces(HasArtifacts.class));
            HasArtifacts settled = (HasArtifacts) part;
            Mockito.when(settled.settings()).thenReturn(settings);
            Mockito.when(settled.files()).thenReturn(Map.of(FILE, content.getBytes(US_ASCII)));
            return part;
          });
    }
  }

  private static RunContext making(String... tokenizers) {
    Catalog catalog = Catalog.of(new ToyPlugin(), new Learnt());
    RunConfiguration configuration =
        Configurations.parse(catalog, "my.yaml", "{model: {width: 8}}", Overrides.none());
    RunContext assembly =
        new RunContext(
            catalog,
            configuration,
            new RunFolder(null),
            () -> {
              throw new AssertionError("no modality needed");
            });
    for (String tokenizer : tokenizers) {
      assembly.part(Tokenizer.class, PartSettings.of(tokenizer));
    }
    return assembly;
  }

  @Test
  void partsThatKeepOtherFilesOfOneNameAreRefused() {
    assertThatThrownBy(() -> making("first", "second").kept())
        .isInstanceOf(UserException.class)
        .hasMessage(
            "part 'second' keeps another file parts/learnt.json than a part before it; a name of"
                + " its own expected, which its plugin gives it");
  }

  @Test
  void partsThatKeepTheSameFileShareIt() {
    assertThat(making("first", "third").kept().files()).containsOnlyKeys(FILE);
  }
}
