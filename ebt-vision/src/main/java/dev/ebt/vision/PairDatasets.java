package dev.ebt.vision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.plugin.PartContext;
import dev.ebt.plugin.PartSettings;
import dev.ebt.store.Safetensors;
import dev.ebt.store.Sha256;
import dev.ebt.vision.pairs.PairDatasetSettings;
import dev.ebt.vision.pairs.PairFolder;
import java.nio.file.Path;
import java.util.Locale;

/** The dataset of pairs: training rows are pairs, validation rows real images. */
final class PairDatasets {
  private PairDatasets() {}

  /** Reads the pairs, and the real images that belong to them. */
  public static Dataset of(PairDatasetSettings settings, PartContext context) {
    if (!(context.modality() instanceof ImageGeneration modality)) {
      throw new UserException(
          "dataset '"
              + PairDatasetSettings.NAME
              + "' has pairs of noise and image: it needs the modality 'image-generation'");
    }
    Path folder = Path.of(settings.path());
    Safetensors stored = new PairFolder(folder).read();
    PairedImages pairs = new PairedImages(stored.tensors(), modality, folder);
    PartSettings data = settings.dataset() == null ? data(stored, folder) : settings.dataset();
    Dataset real = context.part(Dataset.class, data);
    if (!(real instanceof ImageDataset images)) {
      throw new SettingException(
          "data.dataset", "is " + data.name() + ", which has no images; one of images expected");
    }
    return images.withTraining(
        pairs,
        String.format(
            Locale.ROOT,
            "%s: %,d pairs of noise and image, %,d of them of real images; %s",
            folder,
            pairs.size(),
            pairs.inverted(),
            images.description()),
        Sha256.of(stored.tensors()) + images.fingerprint());
  }

  private static PartSettings data(Safetensors stored, Path folder) {
    String json = stored.metadata().get(PairFolder.DATA);
    if (json == null) {
      throw new SettingException(
          "data.dataset", "is missing, and " + folder + " does not name the real images");
    }
    try {
      return new ObjectMapper().readValue(json, PartSettings.class);
    } catch (JsonProcessingException e) {
      throw new UserException(folder + " names real images that cannot be read: " + json, e);
    }
  }
}
