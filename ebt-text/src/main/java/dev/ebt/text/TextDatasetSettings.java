package dev.ebt.text;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.SettingException;
import dev.ebt.error.TrainingOnly;
import dev.ebt.modality.SplitFolders;
import dev.ebt.text.document.Document;
import dev.ebt.text.document.TokenizerTrainingText;
import dev.ebt.text.read.TextFiles;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the text dataset.
 *
 * @param path a file of UTF-8 text, a file of JSON lines (.jsonl, .ndjson, .json), either of them
 *     .gz, a .parquet file, or a folder of such files; a relative path is looked up in the folder
 *     of the run first, as of text that a model brings along, and then in the working directory
 * @param field the field of JSON lines or .parquet that holds the text
 * @param validation the share for validation: 0 (none) to 1 (all). If omitted, a folder that is
 *     split by the names of its subfolders (see {@link SplitFolders}) keeps that split, and other
 *     text is split with a share of {@value #VALIDATION_SHARE}; not with {@code validationPath}.
 *     The share is that of documents, whatever their lengths, and with fewer than 20 documents that
 *     of tokens
 * @param validationPath validation text, if it is not a share of {@code path}, looked up like
 *     {@code path}
 * @param windows how training text is cut into windows
 * @param stride tokens between the starts of packed windows; the window's length if null
 * @param epoch number of random windows per epoch; if null, the number of distinct windows, but at
 *     most {@link #LONGEST_EPOCH}
 */
public record TextDatasetSettings(
    String path,
    String field,
    @Nullable Double validation,
    @Nullable String validationPath,
    @TrainingOnly Windows windows,
    @TrainingOnly @Nullable Integer stride,
    @TrainingOnly @Nullable Integer epoch)
    implements TokenizerTrainingText {

  /** The default share for validation, unless the folders determine the split. */
  public static final double VALIDATION_SHARE = 0.1;

  /** The maximum default number of random windows per epoch. */
  public static final int LONGEST_EPOCH = 1 << 20;

  /** The placement of training windows. Validation text is always packed. */
  public enum Windows {
    /** Consecutive windows. */
    @JsonProperty("packed")
    PACKED,
    /** Windows at random positions. */
    @JsonProperty("random")
    RANDOM
  }

  /** Fills in defaults and rejects invalid values. */
  public TextDatasetSettings {
    if (path == null || path.isBlank()) {
      throw new SettingException("data.path", "is missing: name a file or a folder of text");
    }
    if (validation != null && validationPath != null) {
      throw new SettingException("data.validation", "and data.validationPath exclude each other");
    }
    field = requireNonNullElse(field, "text");
    windows = requireNonNullElse(windows, Windows.PACKED);
    if (validation != null && !(validation >= 0 && validation <= 1)) {
      throw new SettingException("data.validation", "is " + validation + "; 0 to 1 expected");
    }
    if (stride != null && windows == Windows.RANDOM) {
      throw new SettingException("data.stride", "is for packed windows, not for random ones");
    }
    if (stride != null && stride < 1) {
      throw new SettingException("data.stride", "is " + stride + "; at least 1 expected");
    }
    if (epoch != null && windows == Windows.PACKED) {
      throw new SettingException("data.epoch", "is for random windows, not for packed ones");
    }
    if (epoch != null && epoch < 1) {
      throw new SettingException("data.epoch", "is " + epoch + "; at least 1 expected");
    }
  }

  /**
   * Returns these settings with their paths resolved.
   *
   * @param resolution of a path as {@link dev.ebt.plugin.PartContext#file} does it
   */
  TextDatasetSettings resolved(Function<String, Path> resolution) {
    return new TextDatasetSettings(
        resolution.apply(path).toString(),
        field,
        validation,
        validationPath == null ? null : resolution.apply(validationPath).toString(),
        windows,
        stride,
        epoch);
  }

  @Override
  public void documents(Consumer<Document> reader) {
    TextSides sides = TextSides.of(this);
    sides.training().forEach(side -> TextFiles.read(side, field, reader));
    sides.validation().forEach(side -> TextFiles.read(side, field, reader));
  }
}
