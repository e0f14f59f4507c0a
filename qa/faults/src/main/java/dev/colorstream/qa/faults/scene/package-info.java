/** Kafka, S3 and workers as processes, to be harmed. */
@NullMarked
package dev.colorstream.qa.faults.scene;

import org.jspecify.annotations.NullMarked;
