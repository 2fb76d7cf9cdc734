package dev.ebt.text.task;

import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.interact.EvaluationTask;
import dev.ebt.interact.TaskReader;
import dev.ebt.interact.TaskResults;
import dev.ebt.modality.Modality;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.run.RunParts;
import dev.ebt.text.window.WindowedTextModality;
import dev.ebt.train.PublishedCompatibility;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The records of a task file. Immutable. */
public final class TextTask implements EvaluationTask {
  private final TaskFormat format;
  private final Path path;
  private final List<TaskRecord> records;
  private final int leftOut;

  private TextTask(TaskFormat format, Path path, List<TaskRecord> records, int leftOut) {
    this.format = format;
    this.path = path;
    this.records = List.copyOf(records);
    this.leftOut = leftOut;
  }

  /**
   * Reads a file.
   *
   * @param format {@code gsm8k}, {@code squad}, {@code bigbench}, {@code lambada} or {@code arc}
   * @throws UserException if it cannot be read or is not of that format, naming file, record and
   *     field; if it seems to be of another one, with a guess
   */
  public static TextTask read(String format, Path path) {
    TaskFormat wanted = format(format);
    TaskFile file = new TaskFile(path);
    if (!wanted.looksLike(file.first())) {
      guess(file)
          .ifPresent(
              other -> {
                throw new UserException(
                    String.format(
                        Locale.ROOT,
                        "%s looks like %s: --task %s=%s. For %s, %s expected",
                        path,
                        other.name(),
                        other.name(),
                        path,
                        format,
                        wanted.form()));
              });
    }
    List<TaskRecord> records = new ArrayList<>();
    int leftOut = wanted.read(file, records::add);
    if (records.isEmpty()) {
      throw new UserException(
          path
              + " has no record"
              + (leftOut == 0 ? "" : " that something answers, " + leftOut + " that nothing does")
              + "; "
              + wanted.form()
              + " expected");
    }
    return new TextTask(wanted, path, records, leftOut);
  }

  private static Optional<TaskFormat> guess(TaskFile file) {
    return TaskFormats.ALL.stream().filter(format -> format.looksLike(file.first())).findFirst();
  }

  private static TaskFormat format(String name) {
    return TaskFormats.ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(() -> UnknownName.of("task format", name, formats()));
  }

  /** Returns the names of all formats. */
  public static List<String> formats() {
    return TaskFormats.ALL.stream().map(TaskFormat::name).collect(Collectors.toList());
  }

  /** Returns the name of the format. */
  @Override
  public String name() {
    return format.name();
  }

  /** Returns all records that have an answer, in the order of the file. */
  public List<TaskRecord> records() {
    return records;
  }

  @Override
  public int size() {
    return records.size();
  }

  /** Returns the number of records skipped because they have no answer. */
  @Override
  public int leftOut() {
    return leftOut;
  }

  /** Returns the rule that compares generated answers with the right ones. */
  AnswerRule rule(PublishedCompatibility compatibility) {
    return compatibility == PublishedCompatibility.PUBLISHED ? new PublishedRule() : format.rule();
  }

  /** Returns a readable description of the rule that compares generated answers. */
  public String ruleDescription(PublishedCompatibility compatibility) {
    return rule(compatibility).description();
  }

  /**
   * Returns the expected score of a uniformly random choice, averaged over records with choices:
   * the {@code choiceAccuracy} of an uninformed model. Empty if no record has choices.
   */
  public OptionalDouble chance() {
    return records.stream()
        .filter(record -> !record.choices().isEmpty())
        .mapToDouble(
            record ->
                record.choices().stream()
                    .mapToDouble(TaskRecord.Choice::score)
                    .average()
                    .orElseThrow())
        .average();
  }

  /** Returns whether each answer is one word, whose perplexity is reported. */
  boolean answersAreWords() {
    return format.answersAreWords();
  }

  /** Returns a task with the first {@code limit} records only. */
  @Override
  public TextTask limited(int limit) {
    return new TextTask(format, path, records.subList(0, Math.min(limit, records.size())), leftOut);
  }

  @Override
  public String subject() {
    return "text";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof WindowedTextModality;
  }

  @Override
  public TaskResults evaluate(
      RunParts model, ComputeBudgets budgets, int rowsPerBatch, boolean generate) {
    PublishedCompatibility compatibility = model.configuration().compatibility();
    List<TaskResults.Result> results =
        new TaskEvaluation(model, (WindowedTextModality) model.modality(), rowsPerBatch)
            .evaluate(this, budgets, generate).stream().map(TaskEvaluation.Result::typed).toList();
    return new TaskResults(
        results,
        chance(),
        generate ? Optional.of(ruleDescription(compatibility)) : Optional.empty());
  }

  /** Returns readers of all formats. */
  public static List<TaskReader> readers() {
    return TaskFormats.ALL.stream().<TaskReader>map(FormatReader::new).toList();
  }

  /** A reader of the files of one format. */
  private record FormatReader(TaskFormat format) implements TaskReader {
    @Override
    public String name() {
      return format.name();
    }

    @Override
    public String summary() {
      return format.form();
    }

    @Override
    public Optional<String> dataset() {
      return Optional.of(TaskDataset.NAME);
    }

    @Override
    public EvaluationTask read(Path file) {
      return TextTask.read(format.name(), file);
    }
  }

  /** Returns a readable description. */
  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s: %,d record%s of %s%s",
        format.name(),
        records.size(),
        records.size() == 1 ? "" : "s",
        path,
        leftOut == 0 ? "" : String.format(Locale.ROOT, ", %,d without an answer skipped", leftOut));
  }
}
