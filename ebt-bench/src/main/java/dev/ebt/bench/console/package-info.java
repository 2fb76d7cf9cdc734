/** The standard streams and the logging of the command line. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.console;
