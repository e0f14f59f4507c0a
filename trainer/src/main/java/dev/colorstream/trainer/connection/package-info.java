/** Where the trainer finds Kafka and S3, and how it gets in. */
@NullMarked
package dev.colorstream.trainer.connection;

import org.jspecify.annotations.NullMarked;
