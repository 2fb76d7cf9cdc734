package dev.ebt.interact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InteractionsTest {
  record None() {}

  private record Drawing() implements Interaction<None> {
    @Override
    public String name() {
      return "drawing";
    }

    @Override
    public String summary() {
      return "a point is drawn";
    }

    @Override
    public String subject() {
      return "points";
    }

    @Override
    public boolean supports(Modality modality) {
      return modality instanceof PointModality;
    }

    @Override
    public Class<None> options() {
      return None.class;
    }

    @Override
    public void run(TrainedModel model, CommonOptions common, None options, Outputs outputs) {
      outputs.note("width " + ((PointModality) model.modality()).width());
    }
  }

  private record Drawings(String name) implements InteractivePlugin {
    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public List<Interaction<?>> interactions() {
      return List.of(new Drawing());
    }
  }

  private static List<Output> run(Modality modality) {
    return run(mock(TrainedModel.class, RETURNS_DEEP_STUBS), modality);
  }

  private static List<Output> run(TrainedModel model, Modality modality) {
    when(model.modality()).thenReturn(modality);
    when(model.parts().configuration().modality().name()).thenReturn("text");
    List<Output> outputs = new ArrayList<>();
    Interactions.of(Catalog.of(new Drawings("drawings")))
        .run("drawing", model, CommonOptions.of(0), Map.of(), outputs::add);
    return outputs;
  }

  @Test
  void aSelectionIsRefusedWhereThereAreNoCandidatesToSelectFrom() {
    TrainedModel model = mock(TrainedModel.class, RETURNS_DEEP_STUBS);
    RunParts parts = model.parts();
    Overrides overrides = Overrides.of("thinking.select=softmin");
    when(parts.overrides()).thenReturn(overrides);
    assertThatThrownBy(() -> run(model, new PointModality(Shape.of(1), 3)))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "this selects among several candidates, and there is only 1; remove it");
  }

  @Test
  void anInteractionThatIsNamedIsForModelsOfItsModalityOnly() {
    assertThat(run(new PointModality(Shape.of(1), 3))).hasSize(1);
    assertThatThrownBy(() -> run(mock(Modality.class)))
        .isInstanceOf(UserException.class)
        .hasMessage("interaction 'drawing' is for points; this run has modality 'text'");
  }
}
