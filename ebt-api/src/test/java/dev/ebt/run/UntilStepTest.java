package dev.ebt.run;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.monitor.TrainingWarning;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UntilStepTest {
  private static final StepMetrics METRICS = new StepMetrics(1, 1, Map.of());

  private final Runnable stop = mock(Runnable.class);
  private final TrainingListener listener = mock(TrainingListener.class);
  private final TrainingListener until = new UntilStep(3, stop, listener);

  @Test
  void stopsAfterTheUpdate() {
    until.stepped(2, METRICS);
    verifyNoInteractions(stop);
    until.stepped(3, METRICS);
    verify(stop).run();
    verify(listener).stepped(3, METRICS);
  }

  @Test
  void stopsWhereTheUpdateWasLeftOut() {
    until.skipped(2, METRICS);
    verifyNoInteractions(stop);
    until.skipped(3, METRICS);
    verify(stop).run();
    verify(listener).skipped(3, METRICS);
  }

  @Test
  void passesOnAllEvents() {
    TrainingWarning warning = new TrainingWarning("monitor", "found", "meaning", "advice");
    until.starting(TrainingPhase.UPDATE, 1);
    until.waited(1, 5);
    until.warned(1, warning, MonitorAction.WARN);
    until.validated(2, List.of());
    until.checkpoint(2, List.of());
    verify(listener).starting(TrainingPhase.UPDATE, 1);
    verify(listener).waited(1, 5);
    verify(listener).warned(1, warning, MonitorAction.WARN);
    verify(listener).validated(2, List.of());
    verify(listener).checkpoint(2, List.of());
  }
}
