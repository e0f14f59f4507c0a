/** What trainers announce on Kafka and what this worker answers there. */
@NullMarked
package dev.colorstream.worker.announcements;

import org.jspecify.annotations.NullMarked;
