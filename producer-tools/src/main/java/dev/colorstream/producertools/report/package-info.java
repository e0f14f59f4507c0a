/** What people see at the end of a job: table and summary. */
@NullMarked
package dev.colorstream.producertools.report;

import org.jspecify.annotations.NullMarked;
