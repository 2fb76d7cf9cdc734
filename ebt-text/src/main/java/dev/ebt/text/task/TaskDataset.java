package dev.ebt.text.task;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.ebt.error.Required;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.text.window.WindowedTextModality;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The answers of a task, for training and validation: tokens of answers, and the end of text after
 * each, have weight 1; those of questions, which are context, and padding have weight 0. The hash
 * of a record's text assigns it to a side, so equal records stay together.
 */
public record TaskDataset(
    String description, String fingerprint, Examples training, Examples validation)
    implements Dataset {
  /** The name in configurations. */
  public static final String NAME = "task";

  /** Reads the task; see {@link TextTask#read}. */
  public static TaskDataset read(TaskDatasetSettings settings, WindowedTextModality modality) {
    TextTask task = TextTask.read(settings.format(), Path.of(settings.path()));
    Set<Long> chosen = validation(task, settings.validation());
    Map<Boolean, List<TaskRecord>> sides =
        task.records().stream()
            .collect(Collectors.partitioningBy(record -> chosen.contains(hash(record))));
    TaskRows training = TaskRows.toLearn(Required.of(sides, false), modality);
    TaskRows validation = TaskRows.toLearn(Required.of(sides, true), modality);
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putUnencodedChars(modality.tokenizer().fingerprint()).putInt(modality.length());
    training.hash(hasher);
    validation.hash(hasher);
    return new TaskDataset(
        String.format(
            Locale.ROOT,
            "%s; %,d for training, %,d for validation, answers only",
            task.description(),
            Required.of(sides, false).size(),
            Required.of(sides, true).size()),
        hasher.hash().toString(),
        training,
        validation);
  }

  /**
   * Returns the hashes of the validation records: the lowest ones, but not all if the share is
   * below 1.
   */
  private static Set<Long> validation(TextTask task, double share) {
    TreeSet<Long> hashes = new TreeSet<>();
    task.records().forEach(record -> hashes.add(hash(record)));
    long count = (long) Math.ceil(share * hashes.size());
    long most = share < 1 ? hashes.size() - 1 : hashes.size();
    return hashes.stream().limit(Math.min(count, most)).collect(Collectors.toSet());
  }

  private static long hash(TaskRecord record) {
    String text = record.prompt() + "\0" + String.join("\0", record.answers());
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asLong();
  }
}
