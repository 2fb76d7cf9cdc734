package dev.ebt.text;

import dev.ebt.error.UserException;
import dev.ebt.inference.GapForm;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.ServedForm;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The filling of a gap in a text by a program; the output is what the gap is filled with. It is one
 * prediction, whose energies are the mean ones of a token with nothing in the gap, and with that.
 */
public final class GapInference extends TextAdapter<TextWithGap> {
  @Override
  public String name() {
    return "filled-text";
  }

  @Override
  public String summary() {
    return "what fills a gap in a text";
  }

  @Override
  public Class<TextWithGap> input() {
    return TextWithGap.class;
  }

  @Override
  public Set<String> options() {
    return new TextInference()
        .options().stream()
            .filter(option -> !option.equals("ignoreEnd")) // A gap may end earlier in any case.
            .filter(option -> !option.equals("evaluations")) // There are several continuations.
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Optional<ServedForm<TextWithGap, String>> served() {
    return Optional.of(new Form());
  }

  private record Form() implements GapForm<TextWithGap> {
    private static final Set<String> FIELDS = Set.of("before", "after", "fills");

    @Override
    public String expected() {
      return "an object with before and after, the texts around the gap, and fills, the number of"
          + " continuations to choose from (8)";
    }

    @Override
    public TextWithGap input(Modality modality, Object json) {
      if (json instanceof Map<?, ?> fields
          && FIELDS.containsAll(fields.keySet())
          && fields.get("before") instanceof String before
          && fields.get("after") instanceof String after) {
        if (!fields.containsKey("fills")) {
          return new TextWithGap(before, after);
        }
        if (fields.get("fills") instanceof Integer fills) {
          return new TextWithGap(before, after, fills);
        }
      }
      throw new UserException("input is unsuitable; " + expected() + " expected");
    }

    @Override
    public Map<String, String> texts(TextWithGap input) {
      return Map.of("before", input.before(), "after", input.after());
    }

    @Override
    public int answers(TextWithGap input) {
      return input.fills();
    }

    @Override
    public TextWithGap textWithGap(String before, String after, int mostAnswers) {
      return new TextWithGap(before, after, Math.min(mostAnswers, TextWithGap.USUAL_FILLS));
    }

    @Override
    public String output(Modality modality, Object json) {
      if (json instanceof String gap) {
        return gap;
      }
      throw new UserException("candidate is no string");
    }

    @Override
    public Object json(String gap) {
      return gap;
    }
  }

  @Override
  public InferenceSession<TextWithGap, String> open(TrainedModel model, int maxBatchSize) {
    return new GapSession(model.parts());
  }
}
