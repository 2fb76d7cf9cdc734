package dev.ebt.vision;

import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Assembly;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Brings image denoising and the datasets for it. */
public final class VisionPlugin implements EbtPlugin {
  @Override
  public String name() {
    return "vision";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Modality, ?>> modalities() {
    return List.of(
        Factory.of(
            ImageDenoising.NAME,
            "a clean picture predicted from a noisy one; candidates are pictures",
            DenoisingSettings.class,
            (settings, assembly) -> new ImageDenoising(settings)));
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(
        Factory.of(
            ImageDenoising.NAME,
            "your own pictures: a folder of PNG, JPEG, BMP or GIF; MNIST's IDX; CIFAR-10 batches",
            PictureData.class,
            (settings, assembly) ->
                Datasets.own(settings, modality(ImageDenoising.NAME, assembly), assembly.seed())),
        Factory.of(
            "shapes",
            "built-in pictures of shapes, gradients and textures",
            ShapesData.class,
            (settings, assembly) ->
                Datasets.shapes(settings, modality("shapes", assembly), assembly.seed())));
  }

  @Override
  public Map<String, String> recipes() {
    return Map.of("denoise", recipe("denoise"), "dit", recipe("dit"));
  }

  private static String recipe(String name) {
    try (InputStream yaml = VisionPlugin.class.getResourceAsStream("recipes/" + name + ".yaml")) {
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("recipe " + name, e);
    }
  }

  private static ImageDenoising modality(String dataset, Assembly assembly) {
    if (assembly.modality() instanceof ImageDenoising modality) {
      return modality;
    }
    throw new UserException(
        "dataset '%s' is pictures: it needs the modality '%s'"
            .formatted(dataset, ImageDenoising.NAME));
  }
}
