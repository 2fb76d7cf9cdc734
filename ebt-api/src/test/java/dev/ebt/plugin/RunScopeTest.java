package dev.ebt.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunScopeTest {
  private final List<String> closed = new ArrayList<>();
  private final RunScope scope = new RunScope();

  @Test
  void closesTheLastOneFirstAndEachOnce() {
    scope.own(() -> closed.add("backend"));
    scope.own(() -> closed.add("model"));
    scope.own(() -> closed.add("run"));

    scope.close();
    scope.close();
    assertThat(closed).containsExactly("run", "model", "backend");
  }

  @Test
  void createsAnInstanceOnceAndClosesIt() {
    Injector run =
        Guice.createInjector(
            binder -> {
              binder.bindScope(RunScoped.class, scope);
              binder
                  .bind(AutoCloseable.class)
                  .toProvider(() -> scope.own(() -> closed.add("created")))
                  .in(RunScoped.class);
            });
    assertThat(run.getInstance(AutoCloseable.class)).isSameAs(run.getInstance(AutoCloseable.class));

    scope.close();
    assertThat(closed).as("owned by its provider too, closed once").containsExactly("created");
  }

  @Test
  void closesWhatAnInjectorCreatesInIt() {
    Injector run =
        Guice.createInjector(
            binder -> {
              binder.bindScope(RunScoped.class, scope);
              binder
                  .bind(AutoCloseable.class)
                  .toProvider(() -> () -> closed.add("created"))
                  .in(RunScoped.class);
            });
    scope.own(() -> closed.add("before"));
    run.getInstance(AutoCloseable.class);

    scope.close();
    assertThat(closed).containsExactly("created", "before");
  }

  @Test
  void closesAtOnceWhatComesAfterItsEnd() {
    scope.close();

    assertThatThrownBy(() -> scope.own(() -> closed.add("late")))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("the run is closed");
    assertThat(closed).containsExactly("late");
  }

  @Test
  void closesAllEvenWhileClosingFails() {
    scope.own(() -> closed.add("backend"));
    scope.own(
        () -> {
          throw new IOException("the lock has gone");
        });
    scope.own(
        () -> {
          throw new IllegalArgumentException("programs are in use");
        });

    assertThatThrownBy(scope::close)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("programs are in use")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasRootCauseMessage("the lock has gone"));
    assertThat(closed).containsExactly("backend");
  }
}
