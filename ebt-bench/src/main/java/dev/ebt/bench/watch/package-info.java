/** Runs followed while another process trains them: {@link dev.ebt.bench.watch.RunWatch}. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.watch;
