/** Where Kafka and S3 are, and how to get in. */
@NullMarked
package dev.colorstream.connection;

import org.jspecify.annotations.NullMarked;
