package dev.ebt.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ebt.config.Binding;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.PartSettings;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.vision.encoder.AutoencoderSettings;
import dev.ebt.vision.encoder.PrincipalComponentSettings;
import dev.ebt.vision.encoder.TrainedAutoencoderSettings;
import dev.ebt.vision.video.BouncingDatasetSettings;
import dev.ebt.vision.video.ClipDatasetSettings;
import dev.ebt.vision.video.VideoSettings;
import dev.ebt.vision.video.VideoSettings.Initial;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class VisionPluginTest {
  private final Catalog catalog = Plugins.discover(List.of());

  @Test
  void isFoundAsAnyPluginIs() {
    assertThat(ServiceLoader.load(EbtPlugin.class)).hasAtLeastOneElementOfType(VisionPlugin.class);
  }

  @Test
  void settingsCanBeWrittenDownAndReadAgain() throws JsonProcessingException {
    for (Record settings :
        List.of(
            new DenoisingSettings(null, null, null, null, null, null),
            new DenoisingSettings(64, 1, 8, 0.2, 0.1, ImageSpec.Loss.MSE),
            new GenerationSettings(null, null, null, null, null, null),
            new GenerationSettings(64, 1, 8, 10, null, ImageSpec.Loss.MSE),
            new GenerationSettings(64, 1, 8, null, 512, ImageSpec.Loss.MSE),
            new ProceduralImageSettings(null, null, null),
            new ImageDatasetSettings("x", null, null, null),
            new ImageDatasetSettings("x", 0.2, 0.0, "/x.safetensors"),
            new VideoSettings(null, null, null, null, null, null),
            new VideoSettings(8, 1, 4, PartSettings.of("pca"), Initial.LAST, null),
            new VideoSettings(8, 1, 4, null, Initial.NOISE, 0.5),
            new PrincipalComponentSettings(null),
            new TrainedAutoencoderSettings("x"),
            new AutoencoderSettings(null, null),
            new AutoencodingSettings(null, null, null, null, null),
            new BouncingDatasetSettings(null, null, null, null, null),
            new ClipDatasetSettings("x", null, null, null, null))) {
      assertThat(
              JsonMapper.builder().build().treeToValue(Binding.tree(settings), settings.getClass()))
          .isEqualTo(settings);
    }
  }

  @Test
  void recipeIsCompleteAndTakesOwnImages() {
    Overrides own =
        Overrides.of("backend.name=reference", "data.name=image-denoising", "data.path=photos");
    RunConfiguration configuration = Configurations.load(catalog, "denoise", null, own);
    assertThat(configuration.modality().name()).isEqualTo("image-denoising");
    assertThat(configuration.model().name()).isEqualTo("bidirectional");
    assertThat(configuration.data().settings().path("path").asText()).isEqualTo("photos");
    assertThat(Configurations.modality(catalog, "denoise", null, Overrides.none()))
        .isEqualTo("image-denoising");
    assertThat(
            Configurations.modality(catalog, null, null, Overrides.of("modality=image-denoising")))
        .isEqualTo("image-denoising");
  }

  @Test
  void videoRecipeTakesOwnClipsAndHasABaseline() {
    Overrides own =
        Overrides.of(
            "backend.name=reference",
            "data.name=video",
            "data.path=clips",
            "model.name=transformer",
            "objective.name=likelihood");
    RunConfiguration configuration = Configurations.load(catalog, "video", null, own);
    assertThat(configuration.modality().name()).isEqualTo("video");
    assertThat(configuration.model().name()).isEqualTo("transformer");
    assertThat(configuration.data().settings().path("frameStride").asInt()).isEqualTo(1);
  }

  @Test
  void sizesHaveToFit() {
    Overrides odd = Overrides.of("backend.name=reference", "modality.patch=5");
    assertThatThrownBy(() -> Configurations.load(catalog, "denoise", null, odd))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("modality.size 16 is not divisible by modality.patch 5");
  }
}
