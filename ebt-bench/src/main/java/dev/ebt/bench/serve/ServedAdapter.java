package dev.ebt.bench.serve;

import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.ServedForm;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.interact.Verification;
import dev.ebt.modality.Modality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An adapter of a modality with the form in which it is served.
 *
 * @param modality that of the model
 */
record ServedAdapter<I, O>(
    InferenceAdapter<I, O> adapter, ServedForm<I, O> form, Modality modality) {
  /** Returns an adapter with its form, if it has one. */
  static <I, O> Optional<ServedAdapter<I, O>> of(
      InferenceAdapter<I, O> adapter, Modality modality) {
    return adapter.served().map(form -> new ServedAdapter<>(adapter, form, modality));
  }

  /**
   * Returns the adapter that a request names in its field {@code adapter}, else the first one.
   *
   * @throws ApiException if there is none, or none of that name
   */
  static ServedAdapter<?, ?> of(RequestFields fields, ServedModel model) {
    Optional<String> wanted = fields.text("adapter");
    List<ServedAdapter<?, ?>> all = model.adapters();
    if (all.isEmpty()) {
      throw ApiException.unsuitable(
          null,
          "model '"
              + model.name()
              + "' is not one of text, and no plugin serves its modality in another form");
    }
    if (wanted.isEmpty()) {
      return all.get(0);
    }
    return all.stream()
        .filter(each -> each.adapter().name().equals(wanted.get()))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.unsuitable(
                    "adapter",
                    String.format(
                        Locale.ROOT,
                        "adapter is '%s'; %s expected",
                        wanted.get(),
                        String.join(
                            " or ", all.stream().map(each -> each.adapter().name()).toList()))));
  }

  /** Reads the input of a request. */
  I input(RequestFields fields) {
    return form.input(modality, value(fields, "input"));
  }

  /** Reads a value; where it is missing the error says what is expected. */
  private Object value(RequestFields fields, String name) {
    if (fields.node(name).isEmpty()) {
      throw ApiException.malformed(name, name + " is missing; expected: " + form.expected());
    }
    return fields.requiredValue(name);
  }

  /** Reads one given answer of a request. */
  O given(RequestFields fields) {
    return form.output(modality, fields.requiredValue("candidate"));
  }

  /** Reads several given answers of a request. */
  List<O> givens(RequestFields fields, int most) {
    Object json = fields.requiredValue("candidates");
    if (!(json instanceof List<?> values) || values.isEmpty()) {
      throw ApiException.malformed("candidates", "candidates is no array with at least one answer");
    }
    if (values.size() > most) {
      throw ApiException.unsuitable(
          "candidates",
          "candidates has " + values.size() + " elements; at most " + most + " expected");
    }
    List<O> givens = new ArrayList<>();
    for (Object value : values) {
      if (value == null) {
        throw ApiException.malformed("candidates", "candidates has null");
      }
      givens.add(form.output(modality, value));
    }
    return givens;
  }

  /**
   * Returns the number of tokens of the texts of an input; 0 if the model is not one of text.
   *
   * @throws ApiException if a text has too many, or the input asks for too many answers or
   *     predictions
   */
  int promptTokens(ServedModel model, I input, ServerLimits limits) {
    int answers = form.answers(input);
    if (answers > limits.choices()) {
      throw ApiException.unsuitable(
          "input",
          String.format(
              Locale.ROOT,
              "input asks for %d answers to choose from; at most %d expected; the input is %s",
              answers,
              limits.choices(),
              form.expected()));
    }
    int predictions = form.predictions(input);
    if (predictions > limits.predictions()) {
      throw ApiException.unsuitable(
          "input",
          String.format(
              Locale.ROOT,
              "input asks for %d predictions; at most %d expected; the input is %s",
              predictions,
              limits.predictions(),
              form.expected()));
    }
    ServedModel.Text text = model.text();
    int tokens = 0;
    if (text != null) {
      for (Map.Entry<String, String> each : form.texts(input).entrySet()) {
        tokens += text.count("input." + each.getKey(), each.getValue(), limits);
      }
    }
    return tokens;
  }

  /** Begins a call. */
  CompletableFuture<TypedThought<O>> think(ServedModel model, I input, Thinking thinking) {
    return model.calls().thinkAsync(adapter, input, thinking, prediction -> {});
  }

  /** Begins a ranking. */
  CompletableFuture<Verification> verify(
      ServedModel model, I input, List<O> answers, Verification.Order order) {
    return model.calls().verifyAsync(adapter, input, answers, order);
  }
}
