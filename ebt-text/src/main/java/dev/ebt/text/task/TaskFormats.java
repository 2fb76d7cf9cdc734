package dev.ebt.text.task;

import java.util.List;

/** All known file formats of tasks. */
final class TaskFormats {
  static final List<TaskFormat> ALL =
      List.of(new Gsm8k(), new Squad(), new BigBench(), new Lambada(), new Arc());

  private TaskFormats() {}
}
