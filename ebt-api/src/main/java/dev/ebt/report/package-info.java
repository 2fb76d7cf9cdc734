/**
 * Reports on trained models: sections by name, which plugins provide, and what they consist of. A
 * section describes its content as data; drawing it is up to who shows the report.
 */
@NullMarked
package dev.ebt.report;

import org.jspecify.annotations.NullMarked;
