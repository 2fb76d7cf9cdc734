/**
 * The wiring of the command line by Guice. Entry point: {@link
 * dev.ebt.bench.application.Application}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.application;
