package example.sudoku;

import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.testing.BundledModelContract;
import java.util.List;

class Sudoku9ModelTest extends BundledModelContract {
  @Override
  protected Catalog catalog() {
    return Plugins.discover(List.of());
  }

  @Override
  protected String name() {
    return "sudoku-9";
  }
}
