package dev.ebt.text;

import dev.ebt.error.UserException;
import dev.ebt.inference.Decoding;
import dev.ebt.inference.InferenceSession;
import dev.ebt.interact.GivenAnswers;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import dev.ebt.text.window.WindowedTextModality;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The continuation of a text by a program. */
public final class TextInference extends TextAdapter<String> {
  @Override
  public String name() {
    return "continuation";
  }

  @Override
  public String summary() {
    return "the continuation of a text";
  }

  @Override
  public Class<String> input() {
    return String.class;
  }

  @Override
  public Set<String> options() {
    return Stream.of(GENERAL_OPTIONS, Decoding.OPTIONS)
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public InferenceSession<String, String> open(TrainedModel model, int maxBatchSize) {
    return new TextSession(model.parts());
  }

  @Override
  public Optional<GivenAnswers> given(Modality modality, String context, List<String> answers) {
    if (answers.isEmpty() || answers.contains("")) {
      throw new UserException(
          answers.isEmpty()
              ? "there is no answer; at least 1 expected"
              : "answer " + (answers.indexOf("") + 1) + " is empty");
    }
    return Optional.of(
        TextAnswers.of(
            (WindowedTextModality) modality,
            context,
            "the context",
            answers,
            i -> "answer " + (i + 1),
            LongContext.REFUSED));
  }
}
