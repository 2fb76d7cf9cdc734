package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ebt.config.Binding;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.plugin.PartContext;
import dev.ebt.plugin.PartSettings;
import dev.ebt.text.task.TaskDatasetSettings;
import dev.ebt.text.token.ByteTokenizer;
import dev.ebt.text.token.CharacterSettings;
import dev.ebt.text.token.TokenizerFileSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class TextPluginTest {
  private final TextPlugin plugin = new TextPlugin();

  @Test
  void isFoundAsAnyPluginIs() {
    assertThat(ServiceLoader.load(EbtPlugin.class))
        .hasAtLeastOneElementOfType(TextPlugin.class)
        .allMatch(found -> found.spiVersion() == EbtPlugin.SPI_VERSION);
    assertThat(names(plugin.modalities())).containsExactly("text");
    assertThat(names(plugin.datasets())).containsExactly("text", "brackets", "facts", "task");
    assertThat(names(plugin.tokenizers()))
        .containsExactly("bytes", "characters", "bpe", "huggingface");
  }

  @Test
  void everySettingButThePathHasADefault() throws JsonProcessingException {
    for (Factory<?, ?> factory : factories()) {
      JsonMapper mapper = JsonMapper.builder().build();
      String json = "{}";
      if (List.of(TextDatasetSettings.class, TokenizerFileSettings.class)
          .contains(factory.settings())) {
        json = "{\"path\":\"x\"}";
      } else if (factory.settings() == TaskDatasetSettings.class) {
        json = "{\"format\":\"arc\",\"path\":\"x\"}";
      }
      assertThat(mapper.readValue(json, factory.settings())).isNotNull();
      assertThat(factory.summary()).isNotBlank().doesNotContain("\n");
    }
  }

  @Test
  void settingsAreReadByName() throws JsonProcessingException {
    String json = "{\"length\":64,\"tokenizer\":{\"name\":\"bytes\"},\"initial\":\"zeros\"}";
    TextSettings settings = JsonMapper.builder().build().readValue(json, TextSettings.class);
    assertThat(settings)
        .isEqualTo(new TextSettings(64, PartSettings.of("bytes"), TextSettings.Initial.ZEROS, 1.0));
    TextDatasetSettings data =
        JsonMapper.builder()
            .build()
            .readValue("{\"path\":\"x\",\"windows\":\"random\"}", TextDatasetSettings.class);
    assertThat(data.windows()).isEqualTo(TextDatasetSettings.Windows.RANDOM);
  }

  @Test
  void settingsCanBeWrittenDownAndReadAgain() throws JsonProcessingException {
    for (Record settings :
        List.of(
            new TextPlugin.NoSettings(),
            new TextSettings(null, null, null, null),
            new BracketDatasetSettings(null, null, null, null, null),
            new CharacterSettings("\n '\"\\ab😀", "�"),
            new TokenizerFileSettings("x", "<end>"),
            new TextDatasetSettings("x", null, null, "y", null, 8, null),
            new TextDatasetSettings(
                "x", null, null, null, TextDatasetSettings.Windows.RANDOM, null, null))) {
      assertThat(
              JsonMapper.builder().build().treeToValue(Binding.tree(settings), settings.getClass()))
          .isEqualTo(settings);
    }
  }

  @Test
  void partsAreMadeOfSettings() {
    Factory<? extends Modality, ?> factory = plugin.modalities().get(0);
    Modality modality = create(factory, new TextSettings(8, null, null, null), new Parts(null));
    assertThat(modality).isInstanceOf(TextModality.class);
    assertThat(create(plugin.datasets().get(1), data(), new Parts(modality)).training().size())
        .isPositive();
  }

  @Test
  void dataOfTextNeedTheModalityOfText() {
    PartContext other = new Parts(Mockito.mock(Modality.class));
    assertThatThrownBy(() -> create(plugin.datasets().get(1), data(), other))
        .isInstanceOf(UserException.class)
        .hasMessage("dataset 'brackets' is text: it needs the modality 'text'");
  }

  private static BracketDatasetSettings data() {
    return new BracketDatasetSettings(10, null, null, null, null);
  }

  private List<Factory<?, ?>> factories() {
    return Stream.<List<? extends Factory<?, ?>>>of(
            plugin.modalities(), plugin.datasets(), plugin.tokenizers())
        .<Factory<?, ?>>flatMap(List::stream)
        .toList();
  }

  private static List<String> names(List<? extends Factory<?, ?>> factories) {
    return factories.stream().<String>map(Factory::name).toList();
  }

  private static <T, C extends Record> T create(
      Factory<T, C> factory, Record settings, PartContext context) {
    return factory.create(factory.settings().cast(settings), context);
  }

  /** What a configuration would be made of. */
  private record Parts(Modality modality) implements PartContext {
    @Override
    public int landscapes() {
      return 2;
    }

    @Override
    public long seed() {
      return 1;
    }

    @Override
    public Record data() {
      return new BracketDatasetSettings(null, null, null, null, null);
    }

    @Override
    public Path file(String path) {
      return Path.of(path);
    }

    @Override
    public <T> T part(Class<T> kind, PartSettings settings) {
      return kind.cast(new ByteTokenizer());
    }
  }
}
