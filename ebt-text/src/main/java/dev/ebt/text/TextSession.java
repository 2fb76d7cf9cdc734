package dev.ebt.text;

import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.BatchGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Texts that are continued together, token by token. */
final class TextSession implements InferenceSession<String, String> {
  private final RunParts parts;
  private final BatchGenerator generator;
  private final List<TextRequest> arriving = new ArrayList<>();
  private final List<TextRequest> begun = new ArrayList<>();

  TextSession(RunParts parts) {
    this.parts = parts;
    this.generator = BatchGenerator.of(parts);
  }

  @Override
  public Request<String> add(
      String prompt, Thinking thinking, Consumer<? super Prediction> predictions) {
    TextRequest request = TextRequest.of(prompt, thinking, parts, generator, predictions);
    arriving.add(request);
    return request;
  }

  @Override
  public void advance() {
    while (!arriving.isEmpty() && generator.hasRoom()) {
      TextRequest request = arriving.remove(0);
      request.begin(generator);
      begun.add(request);
    }
    try {
      generator.advance();
    } finally { // Where it was interrupted, some texts have their token.
      begun.forEach(request -> request.receive(generator));
    }
  }

  @Override
  public boolean worksOn(Request<String> request) {
    return request instanceof TextRequest given && given.isIn(generator);
  }

  @Override
  public void remove(Request<String> request) {
    arriving.removeIf(each -> each == request);
    begun.stream().filter(each -> each == request).forEach(each -> each.end(generator));
    begun.removeIf(each -> each == request);
  }

  @Override
  public void close() {
    generator.close();
  }
}
