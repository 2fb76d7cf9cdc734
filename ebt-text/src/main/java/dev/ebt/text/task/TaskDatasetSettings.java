package dev.ebt.text.task;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.error.UnknownName;
import dev.ebt.text.document.Document;
import dev.ebt.text.document.TokenizerTrainingText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Settings of the task dataset.
 *
 * @param format {@code gsm8k}, {@code squad}, {@code bigbench}, {@code lambada} or {@code arc}
 * @param path the task's file as published; also .gz
 * @param validation the share of records for validation, 0.1 if omitted: 0 (none) to 1 (all)
 */
public record TaskDatasetSettings(String format, String path, Double validation)
    implements TokenizerTrainingText {
  /** Fills in defaults and rejects invalid values. */
  public TaskDatasetSettings {
    if (format == null) {
      throw new SettingException(
          "data.format",
          "is missing; one of " + String.join(", ", TextTask.formats()) + " expected");
    }
    if (!TextTask.formats().contains(format)) {
      throw UnknownName.setting("data.format", format, TextTask.formats());
    }
    if (path == null || path.isBlank()) {
      throw new SettingException("data.path", "is missing: name the task's file");
    }
    validation = requireNonNullElse(validation, 0.1);
    if (!(validation >= 0 && validation <= 1)) {
      throw new SettingException("data.validation", "is " + validation + "; 0 to 1 expected");
    }
  }

  /** Passes on each record with all its answers and choices, separated by spaces. */
  @Override
  public void documents(Consumer<Document> reader) {
    for (TaskRecord record : TextTask.read(format, Path.of(path)).records()) {
      List<String> texts = new ArrayList<>(List.of(record.prompt()));
      texts.addAll(record.answers());
      record.choices().forEach(choice -> texts.add(choice.text()));
      reader.accept(new Document(record.source(), String.join(" ", texts)));
    }
  }
}
