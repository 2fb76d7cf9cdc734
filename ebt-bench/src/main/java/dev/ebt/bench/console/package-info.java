/** The standard streams of the command line. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.console;
