/** A benchmark of a server under load. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.load;
