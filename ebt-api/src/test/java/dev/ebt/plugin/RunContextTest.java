package dev.ebt.plugin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.modality.Tokenizer;
import java.nio.file.Path;
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
          (settings, context) -> {
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
    RunContext context =
        new RunContext(
            catalog,
            ResolvedConfiguration.of(configuration),
            new RunFolder(null),
            new RunScope(),
            PerformanceHint.THROUGHPUT,
            ProgressListener.NOBODY,
            () -> {
              throw new AssertionError("no modality needed");
            });
    for (String tokenizer : tokenizers) {
      context.part(Tokenizer.class, PartSettings.of(tokenizer));
    }
    return context;
  }

  /** Settings that name a part by a key that is no kind's name. */
  record Wrapping(PartSettings inner) {}

  /** A tokenizer in another, and one that refuses a setting only when it is created. */
  private static final class Nested implements EbtPlugin {
    @Override
    public String name() {
      return "nested";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public List<Factory<? extends Tokenizer, ?>> tokenizers() {
      return List.of(
          Factory.of(
              "wrapping",
              "Toy with a part in it",
              Wrapping.class,
              (settings, context) -> context.part(Tokenizer.class, settings.inner())),
          Factory.of(
              "late",
              "Toy that looks at its settings late",
              ToyPlugin.TokenizerSettings.class,
              (settings, context) -> {
                throw SettingException.of("vocabulary", settings.vocabulary(), "a smaller number");
              }),
          Factory.of(
              "elsewhere",
              "Toy that refuses a setting of another part",
              ToyPlugin.Nothing.class,
              (settings, context) -> {
                throw SettingException.of("model.width", 8, "a smaller number");
              }));
    }
  }

  private static void assertRefused(String inner, String message) {
    Catalog catalog = Catalog.of(new ToyPlugin(), new Nested());
    String yaml =
        "model: {width: 8}\nmodality:\n  name: text\n  tokenizer:\n    name: wrapping\n"
            + "    inner:\n      name: "
            + inner;
    ResolvedConfiguration resolved =
        Configurations.read(catalog, "my.yaml", yaml, Overrides.none());
    try (Components run = Components.of(catalog, resolved)) {
      assertThatThrownBy(() -> run.get(Modality.class))
          .isInstanceOf(UserException.class)
          .hasMessage(message);
    }
  }

  @Test
  void mistakesFoundWhenPartsAreCreatedHaveTheirLine() {
    assertRefused(
        "byte\n      vocabulary: many",
        "my.yaml, line 8: modality.tokenizer.inner.vocabulary is the text 'many'; an integer"
            + " expected");
    assertRefused(
        "byt",
        "my.yaml, line 7: unknown tokenizer 'byt': did you mean 'byte'? Known: byte,"
            + " elsewhere, late, wrapping");
    assertRefused(
        "late\n      vocabulary: 9",
        "my.yaml, line 8: modality.tokenizer.inner.vocabulary is 9; a smaller number expected");
  }

  @Test
  void aSettingOfAnotherPartIsNamedByItsOwnPath() {
    assertRefused("elsewhere", "my.yaml, line 1: model.width is 8; a smaller number expected");
  }

  @Test
  void artifactsOfOnePartDoNotReplaceAPartOfAnotherKindWithItsName() {
    RunConfiguration configuration =
        Configurations.parse(
            Catalog.of(new ToyPlugin()), "my.yaml", "model: {width: 8}", Overrides.none());
    PartSettings adam = configuration.optimizer();
    PartSettings other = PartSettings.of("plain");

    assertThat(new PartChoice(PartKind.BACKEND, adam).replacedIn(configuration, other))
        .isEqualTo(configuration);
    RunConfiguration replaced =
        new PartChoice(PartKind.OPTIMIZER, adam).replacedIn(configuration, other);
    assertThat(replaced.optimizer()).isEqualTo(other);
    assertThat(replaced.thinking()).isEqualTo(configuration.thinking());
    PartSettings bytes = PartSettings.read(configuration.modality().settings().get("tokenizer"));
    assertThat(
            new PartChoice(PartKind.TOKENIZER, bytes)
                .replacedIn(configuration, PartSettings.of("late"))
                .modality()
                .settings()
                .get("tokenizer"))
        .isEqualTo(PartSettings.of("late").write());
  }

  @Test
  void partsThatKeepOtherFilesOfOneNameAreRefused() {
    assertThatThrownBy(() -> making("first", "second").artifacts())
        .isInstanceOf(UserException.class)
        .hasMessage(
            "part 'second' keeps another file parts/learnt.json than a part before it; a name of"
                + " its own expected, which its plugin gives it");
  }

  @Test
  void partsThatKeepTheSameFileShareIt() {
    assertThat(making("first", "third").artifacts().files()).containsOnlyKeys(FILE);
  }

  @Test
  void aContextWithoutRunsSaysSo() {
    PartContext context = Mockito.mock(PartContext.class, Mockito.CALLS_REAL_METHODS);

    assertThatThrownBy(() -> context.energy(Path.of("runs", "a"), "latest"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("uses the energy of run " + Path.of("runs", "a"))
        .hasMessageContaining("let this PartContext override energy");
  }
}
