/** What is shown while something takes long. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.progress;
