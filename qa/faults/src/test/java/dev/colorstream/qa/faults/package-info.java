/** Workers in processes of their own, on a real Kafka and a real S3, under faults. */
@NullMarked
package dev.colorstream.qa.faults;

import org.jspecify.annotations.NullMarked;
