/** What a person sees of training and thinking. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.report;
