package dev.ebt.text;

import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.BatchGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gaps that are filled together. A unit of work is a token of all continuations of all gaps, and
 * the ranking of the candidates of those that are complete.
 */
final class GapSession implements InferenceSession<TextWithGap, String> {
  private final RunParts parts;
  private final BatchGenerator generator;
  private final List<GapRequest> requests = new ArrayList<>();

  GapSession(RunParts parts) {
    this.parts = parts;
    this.generator = BatchGenerator.of(parts);
  }

  @Override
  public Request<String> add(
      TextWithGap input, Thinking thinking, Consumer<? super Prediction> predictions) {
    GapRequest request = GapRequest.of(input, thinking, parts, generator, predictions);
    requests.add(request);
    return request;
  }

  @Override
  public void advance() {
    for (GapRequest request : requests) {
      request.begin(generator);
    }
    generator.advance();
    requests.forEach(GapRequest::finish);
  }

  @Override
  public void remove(Request<String> request) {
    requests.stream().filter(each -> each == request).forEach(each -> each.end(generator));
    requests.removeIf(each -> each == request);
  }

  @Override
  public void close() {
    generator.close();
  }
}
