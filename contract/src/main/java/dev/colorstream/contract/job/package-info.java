/** What belongs to a job, so that others than its uploader can await it. */
@NullMarked
package dev.colorstream.contract.job;

import org.jspecify.annotations.NullMarked;
