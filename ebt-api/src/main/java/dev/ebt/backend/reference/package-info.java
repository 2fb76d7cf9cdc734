/**
 * The reference backend: plain Java in double precision, the executable specification of every
 * operation. Read {@link dev.ebt.backend.reference.ReferenceBackend} first, then {@link
 * dev.ebt.backend.reference.Evaluator}, which has one method per operation.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.backend.reference;
