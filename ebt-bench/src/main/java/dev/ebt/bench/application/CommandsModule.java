package dev.ebt.bench.application;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.name.Names;
import dev.ebt.bench.command.BenchCommand;
import dev.ebt.bench.command.CompareCommand;
import dev.ebt.bench.command.ConformanceCommand;
import dev.ebt.bench.command.ConvertCommand;
import dev.ebt.bench.command.DemoCommand;
import dev.ebt.bench.command.DoctorCommand;
import dev.ebt.bench.command.EvalCommand;
import dev.ebt.bench.command.ExperimentCommand;
import dev.ebt.bench.command.ExportCommand;
import dev.ebt.bench.command.InfoCommand;
import dev.ebt.bench.command.InitCommand;
import dev.ebt.bench.command.PlotCommand;
import dev.ebt.bench.command.PluginsCommand;
import dev.ebt.bench.command.ProbeCommand;
import dev.ebt.bench.command.ReplayCommand;
import dev.ebt.bench.command.ReportCommand;
import dev.ebt.bench.command.SampleCommand;
import dev.ebt.bench.command.ScoreCommand;
import dev.ebt.bench.command.ServeCommand;
import dev.ebt.bench.command.SweepCommand;
import dev.ebt.bench.command.ThinkCommand;
import dev.ebt.bench.command.TokenizerCommand;
import dev.ebt.bench.command.TrainCommand;
import dev.ebt.bench.command.VerifyCommand;
import dev.ebt.bench.command.WatchCommand;
import picocli.CommandLine.Command;

/** The commands by name, in the order of the help. */
final class CommandsModule extends AbstractModule {
  @Override
  protected void configure() {
    add(DemoCommand.class);
    add(TrainCommand.class);
    add(WatchCommand.class);
    add(ThinkCommand.class);
    add(EvalCommand.class);
    add(ReportCommand.class);
    add(PlotCommand.class);
    add(SweepCommand.class);
    add(CompareCommand.class);
    add(ExperimentCommand.class);
    add(ScoreCommand.class);
    add(VerifyCommand.class);
    add(ProbeCommand.class);
    add(SampleCommand.class);
    add(ServeCommand.class);
    add(InfoCommand.class);
    add(ReplayCommand.class);
    add(ExportCommand.class);
    add(ConvertCommand.class);
    add(InitCommand.class);
    add(TokenizerCommand.class);
    add(PluginsCommand.class);
    add(DoctorCommand.class);
    add(ConformanceCommand.class);
    add(BenchCommand.class);
  }

  private void add(Class<?> command) {
    MapBinder.newMapBinder(binder(), String.class, Object.class, Names.named(Application.COMMANDS))
        .addBinding(command.getAnnotation(Command.class).name())
        .to(command);
  }
}
